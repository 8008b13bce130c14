// Owns: the English about the computers of one account.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class English
{
    public override string AboutDevices => "list the computers of your account";

    public override string AboutDevicesLink => "link one more computer: shows a link for papo join there, and asks for the code that it shows";

    public override string AboutDevicesName => "give a computer a name";

    public override string AboutDevicesRemove => "take a linked computer off: it reads nothing that is sealed from then on";

    public override (string Arguments, string About) SlashDevices => ("[link|CODE|no|name|remove]", "list your computers; link one more, say the code it shows, or refuse it; name one, take one off");

    public override string BadgeRemoved => "removed device";

    public override string DeviceUnnamed => "(no name)";

    public override string DeviceRow(bool isThis, bool isLinked) => (isThis ? "this one, " : "") + (isLinked ? "linked" : "holds the account's key");

    public override string DeviceUnknown(string given) => $"None of your computers is called {given}; papo devices lists them.";

    public override string DeviceHolds => "That computer holds your account's key itself, so nobody can take it off. Nothing was changed.";

    public override string DeviceNotHere => "This computer is linked: only one that holds your account's key can do that. papo devices shows which.";

    public override string DeviceRemoveAsked(string name, string given) => $"Take {name} off your account for good? It keeps what it holds and reads nothing that is sealed from then on. To do it: /devices remove {given} yes";

    public override string DeviceTakenOff(string name) => $"{name} is off your account: it reads nothing that is sealed from now on, and what it says is marked. What it holds already stays there.";

    public override string DeviceNamed(string name) => $"It is called {name} now.";

    public override string LinkingHow => "On the new computer: papo join LINK. Then type here the code that it shows. The link is good for ten minutes, while this waits.";

    public override string LinkingPrompt(string name) => $"{name} wants to be linked to your account. The code it shows: ";

    public override string LinkingWrong(string name) => $"That is not the code. If {name} shows another one, look again; if it shows none, somebody else has your link: press Enter to refuse.";

    public override string LinkingWrongCode => "That is not the code of the computer that asks. Look again; if the new one shows none, somebody else has your link: /devices no";

    public override string LinkingNobody => "No computer asks to be linked now. /devices link makes a link for one.";

    public override string LinkingConfirmed => "Confirmed; waiting for the new computer…";

    public override string LinkingSilent(string name) => $"{name} was confirmed and has not been heard of since. If it has its profile, it is linked as soon as it is in the chat; if it says that nothing was linked, begin anew: papo devices link";

    public override string LinkingDone(string name) => $"{name} is linked to your account.";

    public override string LinkingOver => "Nobody was linked. papo devices link begins anew.";

    public override string LinkingCode(string account) => $"Type this code on the computer of {account} that made the link:";

    public override string LinkingEnded(LinkingResult result, string name) => result switch
    {
        LinkingResult.Done => $"This computer is linked: you are {name} here too.",
        LinkingResult.NotListedYet => $"This computer is linked: you are {name} here too. Private rooms open once the other computer is in the chat again.",
        LinkingResult.NotConnected => "Cannot reach the broker of the link. Nothing was linked.",
        LinkingResult.OtherSpace => "Another community is at that address now; the link is not for it. Nothing was linked.",
        LinkingResult.NobodyThere => "The computer that made the link does not answer. Nothing was linked. Make a new link there: papo devices link",
        LinkingResult.Used => "Another computer came with this link first. Nothing was linked here. If that was not you: refuse it on the computer that made the link.",
        LinkingResult.NameTaken => $"There is a profile called {name} on this computer already. Nothing was linked. Give another name for here with --name, or another folder with --home.",
        _ => "The link is not good, or not any more, or it was refused. Nothing was linked.",
    };

    public override string NameElsewhere => "This computer is linked: change your name on one that holds your account's key.";
}
