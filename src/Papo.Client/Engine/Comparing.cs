// Owns: comparing keys with somebody: what there is to compare, and what the user says came of it.
// Must never: say that keys are equal; only the two people can.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What the face asks about trust.</summary>
internal static class Comparing
{
    /// <summary>What there is to compare with whoever this name means; null where nobody else is known under it.</summary>
    public static SafetyCheck? Check(Engine engine, string name) =>
        Find(engine.Context, name) is var (_, card) ? Check(engine.Context, card) : null;

    /// <summary>The user has compared, or takes that back.</summary>
    public static SafetyCheck? Decide(Engine engine, string name, bool isVerified)
    {
        var context = engine.Context;
        if (Find(context, name) is not var (account, card))
        {
            return null;
        }

        if (isVerified)
        {
            context.Trusted.Verify(account, card.Name.Key);
        }
        else
        {
            context.Trusted.Forget(account);
        }

        return Check(context, card);
    }

    /// <summary>Whom else a name means.</summary>
    public static (AccountId Account, DeviceCard Card)? Find(EngineContext context, string name) =>
        context.Self is { } self && context.Roster.ByName(name) is { } account && account != self.Account && context.Roster.TryCard(account, out var card) ? (account, card) : null;

    private static SafetyCheck Check(EngineContext context, DeviceCard card) => new(
        context.Roster.AuthorOf(card.Account, null),
        SafetyNumber.Of(context.Self!.Card.AccountKey, card.AccountKey),
        context.Trusted.Since(card.Account) is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
        [.. context.Trusted.ClaimsOn(card.Account).Select(other => context.Roster.AuthorOf(other, null))]);
}
