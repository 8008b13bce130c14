// Owns: what a piece of the screen is for; a theme turns it into a style.
// Must never: name a colour.
namespace Papo.FullScreen;

/// <summary>Every kind of thing that the screen draws. Own themes name them in kebab-case.</summary>
internal enum Role
{
    /// <summary>What people say.</summary>
    Text,

    /// <summary>Times, notes, marks: quieter.</summary>
    Quiet,

    /// <summary>Papo's own strong words: titles, the current room.</summary>
    Strong,

    /// <summary>A name; its colour is the person's.</summary>
    Name,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something that failed.</summary>
    Error,

    /// <summary>Somebody is named.</summary>
    Mention,

    /// <summary>The reader is named.</summary>
    MentionMe,

    /// <summary>A room is named.</summary>
    RoomName,

    /// <summary>An address.</summary>
    Link,

    /// <summary>Code.</summary>
    Code,

    /// <summary>A keyword in code.</summary>
    CodeKeyword,

    /// <summary>A string in code.</summary>
    CodeString,

    /// <summary>A comment in code.</summary>
    CodeComment,

    /// <summary>A number in code.</summary>
    CodeNumber,

    /// <summary>What is quoted, and what a message answers.</summary>
    Quote,

    /// <summary>Bars of quotes, bullets of lists.</summary>
    Marker,

    /// <summary>A reaction.</summary>
    Reaction,

    /// <summary>A reaction that is also the reader's.</summary>
    ReactionMine,

    /// <summary>The line above a day.</summary>
    Day,

    /// <summary>The line above what is new.</summary>
    New,

    /// <summary>Lines between the parts of the screen.</summary>
    Border,

    /// <summary>The first row: the room and its topic.</summary>
    Header,

    /// <summary>The status line.</summary>
    Status,

    /// <summary>Something on the status line to look at.</summary>
    StatusWarning,

    /// <summary>A room with nothing new.</summary>
    Room,

    /// <summary>A room with something new.</summary>
    RoomUnread,

    /// <summary>A room where the reader was named.</summary>
    RoomMention,

    /// <summary>The room that is open.</summary>
    RoomCurrent,

    /// <summary>The beginning of the composer.</summary>
    Prompt,

    /// <summary>A box above the rest.</summary>
    Box,

    /// <summary>The chosen row of a box.</summary>
    BoxChosen,

    /// <summary>The row of the chosen message.</summary>
    Chosen,

    /// <summary>Found words.</summary>
    Found,
}
