// Owns: the list of texts of the slash commands: help and answers.
// Must never: hold text of one language.
namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract (string Arguments, string About) SlashJoin { get; }

    public abstract (string Arguments, string About) SlashLeave { get; }

    public abstract (string Arguments, string About) SlashRooms { get; }

    public abstract (string Arguments, string About) SlashWho { get; }

    public abstract (string Arguments, string About) SlashMe { get; }

    public abstract (string Arguments, string About) SlashNick { get; }

    public abstract (string Arguments, string About) SlashReply { get; }

    public abstract (string Arguments, string About) SlashEdit { get; }

    public abstract (string Arguments, string About) SlashDelete { get; }

    public abstract (string Arguments, string About) SlashReact { get; }

    public abstract (string Arguments, string About) SlashMsg { get; }

    public abstract (string Arguments, string About) SlashCreate { get; }

    public abstract (string Arguments, string About) SlashInvite { get; }

    public abstract (string Arguments, string About) SlashRemove { get; }

    public abstract (string Arguments, string About) SlashVerify { get; }

    public abstract (string Arguments, string About) SlashSearch { get; }

    public abstract (string Arguments, string About) SlashHistory { get; }

    public abstract (string Arguments, string About) SlashIds { get; }

    public abstract (string Arguments, string About) SlashAway { get; }

    public abstract (string Arguments, string About) SlashIgnore { get; }

    public abstract (string Arguments, string About) SlashMute { get; }

    public abstract (string Arguments, string About) SlashRetry { get; }

    public abstract (string Arguments, string About) SlashLang { get; }

    public abstract (string Arguments, string About) SlashHelp { get; }

    public abstract (string Arguments, string About) SlashQuit { get; }

    public abstract string HelpTail { get; }

    public abstract string HelpNothing(string words);

    public abstract string UnknownSlash(string command, string? suggestion);

    public abstract string SlashUsage(string usage);

    public abstract string NoSuchMessage(string given);

    public abstract string NothingOfYours { get; }

    public abstract string NoIdYet { get; }

    public abstract string NotYours { get; }

    public abstract string NowIn(string room);

    public abstract string LeftRoom(string room);

    public abstract string NotIn(string room);

    public abstract string NoRoomLeft { get; }

    public abstract string Ignoring(string name);

    public abstract string NoLongerIgnoring(string name);

    public abstract string Muting(string room);

    public abstract string NoLongerMuting(string room);

    public abstract string NowCalled(string name);

    public abstract string AwaySet { get; }

    public abstract string AwayCleared { get; }

    public abstract string LanguageNow { get; }

    public abstract string LanguageUnknown(string given);

    public abstract string IdsShown { get; }

    public abstract string IdsHidden { get; }

    public abstract string NothingToRetry { get; }

    public abstract string Retrying(int count);

    public abstract string StatusTooLong { get; }
}
