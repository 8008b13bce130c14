// Owns: the English about links.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class English
{
    public override string AboutInvite => "print a link to a room, and its QR code on a terminal";

    public override string AboutJoin => "go where a link leads";

    public override string OptionValid => "how long a link into a private room is good: 30m, 24h, 7d (24h)";

    public override string OptionList => "list the links into private rooms";

    public override string OptionRevoke => "take the link with this id back";

    public override string UsageLink => "That is no whole link; one begins with papo:// and is pasted in one piece.";

    public override string UsageLinkId(string given) => $"“{given}” is not the id of a link; papo invite --list shows them.";

    public override string UsageValid(string given) => $"“{given}” is no time that a link can be good; it goes from 1m to 30d.";

    public override string UsageInvitePerson => "Direct messages are for two; a link leads to a room: papo invite ROOM";

    public override string LinkHow(string room, string? until) => until is null
        ? $"Whoever has the link gets to {room}: papo join LINK"
        : $"Whoever uses the link first gets into {room}: papo join LINK. It is good once, until {until}, while one of your computers is in the chat.";

    public override string LinkOnlyHere(string broker) =>
        $"Careful: {broker} is reached from this computer only, and so is the link. Let the broker listen on the network, or give its address there with --broker.";

    public override string LinkUsed(string name) => $"used by {name}";

    public override string LinkOver => "over";

    public override string LinkUntil(string time) => $"until {time}";

    public override string LinkUnknown => "There is no link with this id; papo invite --list shows them.";

    public override string LinkEntered(string room) => $"Joined {room}.";

    public override string LinkRefused(EnterResult result) => result switch
    {
        EnterResult.OtherSpace => "Another community is at that address now; the link is not for it. Nothing was joined. Ask for a new link.",
        EnterResult.NobodyThere => "Nobody who can let you in is there now. The link was not used: try again when who gave it to you is in the chat.",
        EnterResult.Expired => "This link is no longer good: its time is over. Ask for a new one.",
        EnterResult.Used => "Somebody else has used this link; it was good for one. Ask for a new one, and say that this one was used.",
        _ => "This link is not good, or not any more: it may have been taken back. Ask for a new one.",
    };
}
