// Owns: which part of the screen is where.
// Must never: make a part that does not fit.
using Papo.Drawing;

namespace Papo.FullScreen;

/// <summary>The parts of a screen; an empty area is not shown.</summary>
/// <param name="Header">The first row.</param>
/// <param name="Rooms">The rooms.</param>
/// <param name="People">The people.</param>
/// <param name="Talk">The conversation.</param>
/// <param name="Status">The status line.</param>
/// <param name="Composer">What is being written.</param>
internal readonly record struct ScreenLayout(Area Header, Area Rooms, Area People, Area Talk, Area Status, Area Composer)
{
    private const int RoomForBar = 80; // columns from which the bar is shown unasked
    private const int RoomForTwo = 150; // columns from which the people have a bar of their own, at the right
    private const int LeastTalk = 30;
    private const int MostComposer = 10;

    /// <summary>Divides a screen.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="composerRows">Rows that the composer would like.</param>
    /// <param name="rooms">Whether the rooms are shown; null leaves it to the width.</param>
    /// <param name="people">Whether the people are shown; null leaves it to the width.</param>
    /// <param name="roomCount">How many rooms there are.</param>
    public static ScreenLayout Of(int columns, int rows, int composerRows, bool? rooms, bool? people, int roomCount)
    {
        var composer = Math.Clamp(composerRows, 1, Math.Max(1, Math.Min(MostComposer, rows / 3)));
        var header = rows >= 6 ? 1 : 0;
        var status = rows >= 4 ? 1 : 0;
        var middle = Math.Max(0, rows - header - status - composer);
        var roomsShown = (rooms ?? columns >= RoomForBar) && columns - BarWidth(columns) >= LeastTalk;
        var peopleShown = (people ?? columns >= RoomForBar) && columns - BarWidth(columns) >= LeastTalk;
        var isWide = columns >= RoomForTwo && roomsShown && peopleShown;
        var bar = roomsShown || peopleShown ? BarWidth(columns) : 0;
        var right = isWide ? BarWidth(columns) : 0;
        var roomRows = !roomsShown ? 0 : !peopleShown || isWide ? middle : Math.Clamp(roomCount + 1, 1, Math.Max(1, middle / 2));
        return new ScreenLayout(
            new Area(0, 0, columns, header),
            new Area(0, header, roomsShown ? bar - 1 : 0, roomRows),
            isWide ? new Area(columns - right + 1, header, right - 1, middle) : new Area(0, header + roomRows, peopleShown ? bar - 1 : 0, middle - roomRows),
            new Area(bar, header, columns - bar - right, middle),
            new Area(0, header + middle, columns, status),
            new Area(0, header + middle + status, columns, composer));
    }

    private static int BarWidth(int columns) => Math.Clamp(columns / 5, 16, 28);
}
