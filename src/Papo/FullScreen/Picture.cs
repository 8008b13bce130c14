// Owns: the picture on the terminal: when it is drawn whole, and when its composer alone.
// Must never: write to the terminal itself.
using Papo.Chat;
using Papo.Drawing;

namespace Papo.FullScreen;

/// <summary>Turns the model into updates for the terminal.</summary>
/// <param name="terminal">What the terminal can do.</param>
internal sealed class Picture(TerminalKind terminal)
{
    private readonly Painter _painter = new(terminal);
    private bool _onlyInput = true; // since the last update

    /// <summary>What can be clicked.</summary>
    public Hits Hits { get; } = new();

    /// <summary>Nothing is known of what the terminal shows.</summary>
    public void Forget()
    {
        _painter.Forget();
        Touch(null);
    }

    /// <summary>Something changed: only what a step says, or perhaps everything (null).</summary>
    public void Touch(ChatStep? step) => _onlyInput &= step is { OnlyInput: true };

    /// <summary>The update to the model as it is now; empty when the terminal shows that already.</summary>
    public string Update(ScreenModel model)
    {
        if (_onlyInput && !ScreenView.IsTooSmall(model) && _painter.MayUpdateRows(model.Columns, model.Rows))
        {
            var area = ScreenView.DrawInput(model, _painter.Next);
            return _painter.UpdateRows(area.Row, area.Bottom);
        }

        _onlyInput = true;
        ScreenView.Draw(model, _painter.Next, Hits);
        return _painter.Update();
    }
}
