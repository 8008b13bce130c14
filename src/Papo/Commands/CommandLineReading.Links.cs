// Owns: reading the commands about links: invite, join.
// Must never: guess; whatever is not understood is a usage error.
using Papo.Client;
using Papo.Protocol;

namespace Papo.Commands;

internal sealed partial record CommandLineReading
{
    private static readonly TimeSpan LongestValid = TimeSpan.FromDays(30);

    private sealed partial class RequestReader
    {
        private Request ReadInvite()
        {
            var target = FirstArgument() is { } given ? ReadTarget(given) : new Target(Room.General, null);
            if (target?.Label is ['@', ..])
            {
                return Wrong(words.UsageInvitePerson);
            }

            var valid = InviteLink.UsualTime;
            if (Get(grammar.Valid) is { } time && (!Moment.TryParseSpan(time, out valid) || valid < TimeSpan.FromMinutes(1) || valid > LongestValid))
            {
                return Wrong(words.UsageValid(time));
            }

            TokenId? revoke = null;
            if (Get(grammar.Revoke) is { } id)
            {
                if (!TokenId.TryParse(id, out var parsed))
                {
                    return Wrong(words.UsageLinkId(id));
                }

                revoke = parsed;
            }

            return target is null ? _problem! : new InviteRequest(target, valid, Has(grammar.List), revoke);
        }

        private Request ReadJoin() =>
            FirstArgument() is not { } given ? Wrong(words.UsageMissing("LINK"))
            : InviteLink.TryParse(given, out var link) ? new JoinRequest(link)
            : Wrong(words.UsageLink);
    }
}
