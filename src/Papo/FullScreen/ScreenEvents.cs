// Owns: what the full screen asks of the library beside what commands ask, and the answers.
// Must never: do anything.
using Papo.Chat;
using Papo.Client;
using Papo.Protocol;

namespace Papo.FullScreen;

/// <summary>What a page is for.</summary>
internal enum PageUse
{
    /// <summary>A room is opened: what this computer holds, at once.</summary>
    Opening,

    /// <summary>A room is caught up: the newest page once more, among what is shown.</summary>
    Newest,

    /// <summary>What lies before.</summary>
    Older,

    /// <summary>What lies after.</summary>
    Newer,

    /// <summary>What lies before and with a message that was searched for, in place of what is held.</summary>
    Around,

    /// <summary>What was said from a time on, in place of what is held.</summary>
    From,
}

/// <summary>Load a page of a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Query">Which page.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Target">The message to show, with <see cref="PageUse.Around"/>.</param>
internal sealed record PageEffect(Room Room, HistoryQuery Query, PageUse Use, ChatMessage? Target = null) : ChatEffect;

/// <summary>A page is there.</summary>
internal sealed record PageLoaded(PageEffect Asked, HistoryPage Page) : ChatEvent;

/// <summary>Asks who is there, without telling.</summary>
internal sealed record CrowdEffect : ChatEffect;

/// <summary>Who is there.</summary>
internal sealed record CrowdKnown(IReadOnlyList<Person> People) : ChatEvent;

/// <summary>Asks who is in a private room.</summary>
internal sealed record InsideEffect(Room Room) : ChatEffect;

/// <summary>Who is in a private room.</summary>
internal sealed record InsideKnown(Room Room, IReadOnlyList<Person> People) : ChatEvent;

/// <summary>Asks for broker and hub.</summary>
internal sealed record VenueEffect : ChatEffect;

/// <summary>Broker and hub.</summary>
internal sealed record VenueKnown(Venue Venue) : ChatEvent;

/// <summary>Keep other preferences.</summary>
internal sealed record PreferEffect(Preferences Preferences) : ChatEffect;

/// <summary>Keep where the reader stands and what is being written.</summary>
internal sealed record KeepEffect(ScreenState State) : ChatEffect;

/// <summary>It is kept.</summary>
internal sealed record Kept : ChatEvent;

/// <summary>Puts a text on the clipboard of the terminal (OSC 52).</summary>
internal sealed record CopyEffect(string Text) : ChatEffect;

/// <summary>Draws the reader's attention.</summary>
internal sealed record AttentionEffect(string Title, string Text) : ChatEffect;

/// <summary>Clears and draws everything anew.</summary>
internal sealed record RedrawEffect : ChatEffect;

/// <summary>Ctrl+Z.</summary>
internal sealed record SuspendEffect : ChatEffect;
