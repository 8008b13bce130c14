// Owns: what the command line asked for, checked and typed.
// Must never: hold text that still has to be parsed, except message text and times relative to now.
using Papo.Protocol;

namespace Papo.Commands;

/// <summary>One request of the command line.</summary>
internal abstract record Request;

/// <summary><c>papo</c>.</summary>
internal sealed record ChatRequest : Request;

/// <summary><c>papo send</c>; <paramref name="Text"/> is null where standard input is the text.</summary>
internal sealed record SendRequest(Target Target, string? Text, TimeSpan Timeout) : Request;

/// <summary><c>papo tail</c>; no rooms means all joined ones.</summary>
internal sealed record TailRequest(IReadOnlyList<Target> Targets, int Count, bool Json, bool Follow) : Request;

/// <summary><c>papo history</c>.</summary>
internal sealed record HistoryRequest(Target Target, int Count, Moment? Before, Moment? After, bool Json) : Request;

/// <summary><c>papo search</c>.</summary>
internal sealed record SearchRequest(string Words, Target? Target, string? From, int Count, bool Json) : Request;

/// <summary><c>papo rooms</c>.</summary>
internal sealed record RoomsRequest(bool Json) : Request;

/// <summary><c>papo passphrase</c>.</summary>
internal sealed record PassphraseRequest(bool Remove) : Request;

/// <summary><c>papo backup</c>.</summary>
internal sealed record BackupRequest(string File) : Request;

/// <summary><c>papo restore</c>.</summary>
internal sealed record RestoreRequest(string File) : Request;

/// <summary><c>papo who</c>.</summary>
internal sealed record WhoRequest(Room? Room, bool Json) : Request;

/// <summary><c>papo hub</c>; no address means this computer only.</summary>
internal sealed record HubRequest(System.Net.IPAddress? Bind, Papo.Hub.ArchivePlace? Archive, TimeSpan? Retention, string Title) : Request
{
    /// <summary>Whose certificate it shows.</summary>
    public Papo.Hub.TlsOptions Tls { get; init; } = new();

    /// <summary>How its log goes to standard error, in place of sentences; null: sentences.</summary>
    public Papo.Diagnostics.LogForm? Log { get; init; }
}

/// <summary><c>papo hub --print-config</c>: each key with what is in effect, or null.</summary>
internal sealed record HubSettingsRequest(IReadOnlyList<(string Key, HubSetting? Setting)> Settings) : Request;

/// <summary><c>papo hub backup</c>; <paramref name="Settings"/> is the settings file in effect, which need not exist.</summary>
internal sealed record HubBackupRequest(string File, string Settings) : Request;

/// <summary><c>papo hub restore</c>; no archive means what the settings in the backup say.</summary>
internal sealed record HubRestoreRequest(string File, string Settings, Papo.Hub.ArchivePlace? Archive) : Request;

/// <summary><c>papo invite</c>: makes a link, lists them, or takes one back.</summary>
internal sealed record InviteRequest(Target Target, TimeSpan ValidFor, bool List, TokenId? Revoke) : Request;

/// <summary>What is done with the computers of an account.</summary>
internal enum DevicesAct
{
    List,
    Name,
    Remove,
}

/// <summary><c>papo devices</c>, <c>papo devices name</c>, <c>papo devices remove</c>.</summary>
internal sealed record DevicesRequest(DevicesAct Act, string? Copy, DisplayName? Name, bool Json) : Request;

/// <summary><c>papo devices link</c>.</summary>
internal sealed record LinkDeviceRequest : Request;

/// <summary><c>papo join LINK</c>.</summary>
internal sealed record JoinRequest(Papo.Client.InviteLink Link) : Request;

/// <summary><c>--help</c> of the program (null) or of one command.</summary>
internal sealed record HelpRequest(string? Command) : Request;

/// <summary><c>--version</c>.</summary>
internal sealed record VersionRequest : Request;

/// <summary><c>--paths</c>.</summary>
internal sealed record PathsRequest : Request;

/// <summary>The command line is wrong; the sentences say how and where to read more.</summary>
internal sealed record UsageProblem(string Sentence, string Hint) : Request;
