// Owns: the table of slash commands: name, help, completion, handler.
// Must never: list a command that does not work yet.
using Papo.Texts;

namespace Papo.Chat;

/// <summary>What Tab offers after a command.</summary>
internal enum SlashArgument
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Rooms.</summary>
    Room,

    /// <summary>People.</summary>
    Person,
}

/// <summary>One slash command.</summary>
/// <param name="Name">With its slash.</param>
/// <param name="Help">Arguments and what it does, in a language.</param>
/// <param name="Argument">What Tab offers.</param>
/// <param name="Run">Carries it out; the text is what stands after the name, trimmed.</param>
internal sealed record SlashCommand(
    string Name, Func<Words, (string Arguments, string About)> Help, SlashArgument Argument, Action<ChatModel, string, ChatStep> Run)
{
    /// <summary>Every command, as the help lists them.</summary>
    public static IReadOnlyList<SlashCommand> All { get; } =
    [
        new("/join", static w => w.SlashJoin, SlashArgument.Room, RoomCommands.Join),
        new("/leave", static w => w.SlashLeave, SlashArgument.Room, RoomCommands.Leave),
        new("/rooms", static w => w.SlashRooms, SlashArgument.None, RoomCommands.Rooms),
        new("/who", static w => w.SlashWho, SlashArgument.Room, RoomCommands.Who),
        new("/msg", static w => w.SlashMsg, SlashArgument.Person, PrivateCommands.Message),
        new("/create", static w => w.SlashCreate, SlashArgument.None, PrivateCommands.Create),
        new("/invite", static w => w.SlashInvite, SlashArgument.Person, PrivateCommands.Invite),
        new("/remove", static w => w.SlashRemove, SlashArgument.Person, PrivateCommands.Remove),
        new("/devices", static w => w.SlashDevices, SlashArgument.None, DeviceCommands.Devices),
        new("/verify", static w => w.SlashVerify, SlashArgument.Person, TrustCommands.Verify),
        new("/me", static w => w.SlashMe, SlashArgument.Person, TalkCommands.Act),
        new("/reply", static w => w.SlashReply, SlashArgument.Person, TalkCommands.Reply),
        new("/edit", static w => w.SlashEdit, SlashArgument.None, TalkCommands.Edit),
        new("/delete", static w => w.SlashDelete, SlashArgument.None, TalkCommands.Delete),
        new("/react", static w => w.SlashReact, SlashArgument.Person, TalkCommands.React),
        new("/thread", static w => w.SlashThread, SlashArgument.Person, TalkCommands.Thread),
        new("/retry", static w => w.SlashRetry, SlashArgument.None, TalkCommands.Retry),
        new("/history", static w => w.SlashHistory, SlashArgument.None, RoomCommands.History),
        new("/search", static w => w.SlashSearch, SlashArgument.None, RoomCommands.Search),
        new("/ids", static w => w.SlashIds, SlashArgument.None, ViewCommands.Ids),
        new("/nick", static w => w.SlashNick, SlashArgument.None, ViewCommands.Nick),
        new("/away", static w => w.SlashAway, SlashArgument.None, ViewCommands.Away),
        new("/ignore", static w => w.SlashIgnore, SlashArgument.Person, ViewCommands.Ignore),
        new("/mute", static w => w.SlashMute, SlashArgument.Room, ViewCommands.Mute),
        new("/where", static w => w.SlashWhere, SlashArgument.None, ViewCommands.Where),
        new("/read", static w => w.SlashRead, SlashArgument.None, ViewCommands.Read),
        new("/set", static w => w.SlashSet, SlashArgument.None, ViewCommands.OnScreen("/set")),
        new("/theme", static w => w.SlashTheme, SlashArgument.None, ViewCommands.OnScreen("/theme")),
        new("/copy", static w => w.SlashCopy, SlashArgument.None, ViewCommands.OnScreen("/copy")),
        new("/lang", static w => w.SlashLang, SlashArgument.None, ViewCommands.Lang),
        new("/help", static w => w.SlashHelp, SlashArgument.None, ViewCommands.Help),
        new("/quit", static w => w.SlashQuit, SlashArgument.None, static (_, _, step) => step.Leave = true),
    ];

    /// <summary>How it is written: <c>/reply NAME|ID TEXT</c>.</summary>
    public string Usage(Words words) => $"{Name} {Help(words).Arguments}".TrimEnd();

    /// <summary>The command of this name, or null.</summary>
    public static SlashCommand? Find(string name) => All.FirstOrDefault(command => string.Equals(command.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says how a command is written.</summary>
    public static void TellUsage(ChatModel model, string name, ChatStep step)
    {
        step.Remark(model.Words.SlashUsage(Find(name)!.Usage(model.Words)));
        model.Code = ExitCode.Failed;
    }
}
