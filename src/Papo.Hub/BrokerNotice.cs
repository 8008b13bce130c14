// Owns: what happens to a broker that a hub runs, as facts.
// Must never: carry wording; the program has its own tables.
namespace Papo.Hub;

/// <summary>What happened.</summary>
public enum BrokerEvent
{
    /// <summary>It ended by itself and is started again after <see cref="BrokerNotice.RetryIn"/>.</summary>
    Ended,

    /// <summary>It runs again.</summary>
    Back,

    /// <summary>It cannot write to its disk: what it holds for people who are away is lost if it ends now.</summary>
    DiskFull,
}

/// <summary>One such fact.</summary>
/// <param name="What">What happened.</param>
/// <param name="Detail">Its last words or exit code: technical English, one line, may be empty.</param>
/// <param name="RetryIn">When it is started again, with <see cref="BrokerEvent.Ended"/>.</param>
public sealed record BrokerNotice(BrokerEvent What, string Detail, TimeSpan RetryIn);
