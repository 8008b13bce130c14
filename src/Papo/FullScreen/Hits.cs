// Owns: what lies where in the last picture, for the mouse.
// Must never: outlive the picture it belongs to.
using Papo.Chat;
using Papo.Drawing;

namespace Papo.FullScreen;

/// <summary>Places that can be clicked; of two that overlap the later one is on top.</summary>
internal sealed class Hits
{
    private readonly List<(Area Area, Action<ScreenModel, ChatStep> Click)> _places = [];

    /// <summary>Begins a new picture.</summary>
    public void Clear() => _places.Clear();

    /// <summary>A place that does something.</summary>
    public void Add(Area area, Action<ScreenModel, ChatStep> click) => _places.Add((area, click));

    /// <summary>What a click there does; null where nothing is.</summary>
    public Action<ScreenModel, ChatStep>? At(int column, int row) => _places.FindLast(place => place.Area.Contains(column, row)).Click;
}
