// Owns: waiting for what another process or thread brings about and nobody announces.
// Must never: be used where there is an event to wait for; or wait for ever.
namespace Papo.Tests.World;

/// <summary>Looks again until something is so, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until it is so; the test fails with <paramref name="otherwise"/> after <see cref="Member.Soon"/>.</summary>
    public static Task IsAsync(Func<bool> met, Func<string> otherwise) => IsAsync(() => Task.FromResult(met()), otherwise);

    /// <inheritdoc cref="IsAsync(Func{bool}, Func{string})"/>
    public static async Task IsAsync(Func<Task<bool>> met, Func<string> otherwise)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await met())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Member.Soon, otherwise());
            await Task.Delay(LookAgain, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
