// Owns: which part of a row of the conversation is in which columns.
// Must never: know what stands there.
namespace Papo.FullScreen;

/// <summary>The columns of a conversation: time, name, text, and the state of an own message behind it.</summary>
/// <param name="Name">Where the name begins.</param>
/// <param name="NameWidth">Columns of the name.</param>
/// <param name="Text">Where the text begins.</param>
/// <param name="TextWidth">Columns of the text.</param>
internal readonly record struct TalkColumns(int Name, int NameWidth, int Text, int TextWidth)
{
    /// <summary>Columns that a text has at least, however narrow the conversation is.</summary>
    public const int LeastText = 8;

    private const int MostText = 100; // the eye does not find its way back from longer rows
    private const int StateColumns = 3;

    /// <summary>Where the state of an own message stands.</summary>
    public int State => Text + TextWidth + 1;

    /// <summary>The columns in a conversation of this width, with times of this width.</summary>
    public static TalkColumns Of(int width, int timeWidth)
    {
        var name = timeWidth + 1;
        var nameWidth = Math.Clamp(width / 7, 6, 16);
        var text = name + nameWidth + 1;
        return new TalkColumns(name, nameWidth, text, Math.Clamp(width - text - StateColumns, LeastText, MostText));
    }
}
