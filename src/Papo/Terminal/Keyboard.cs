// Owns: turning strokes into actions: pairs of strokes, Escape as a prefix, meanings that depend on the composer.
// Must never: do an action, or lose a typed character because a pair was begun.
namespace Papo.Terminal;

/// <summary>An action that was asked for; <paramref name="Text"/> with <see cref="KeyAction.Insert"/> and <see cref="KeyAction.Paste"/>.</summary>
internal readonly record struct KeyCommand(KeyAction Action, string Text = "");

/// <summary>A key map in use, with a memory for what was begun.</summary>
/// <param name="map">The key map.</param>
internal sealed class Keyboard(KeyMap map)
{
    private readonly ViKeys? _vi = map.IsModal ? new ViKeys() : null;
    private Key? _first;

    /// <summary>The key map.</summary>
    public KeyMap Map => map;

    /// <summary>What was begun and waits for another stroke, as people read it; empty when nothing.</summary>
    public string Begun => _first is { } first ? KeyName.Of(first) : _vi?.Begun ?? "";

    /// <summary>Whether vi's normal mode is on.</summary>
    public bool IsNormal => _vi is { IsNormal: true };

    /// <summary>What a stroke asks for, in order; mouse, focus and answers ask for nothing here.</summary>
    public IReadOnlyList<KeyCommand> Press(Key key, ComposerState composer)
    {
        if (key.Code is KeyCode.Unknown or KeyCode.Mouse or KeyCode.FocusIn or KeyCode.FocusOut or KeyCode.Answer)
        {
            return [];
        }

        if (_first is { } first)
        {
            _first = null;
            if (Second(first, key) is { } action)
            {
                return [Settle(action, key, composer)];
            }

            if (key is { Code: KeyCode.Escape, Modifiers: Modifiers.None })
            {
                return first.Code == KeyCode.Escape ? [new KeyCommand(KeyAction.Cancel)] : [];
            }
        }

        if (key.Code == KeyCode.Paste)
        {
            return [new KeyCommand(KeyAction.Paste, key.Text)];
        }

        return _vi?.Press(key, composer) is { } actions ? [.. actions.Select(each => Settle(each, key, composer))] : Single(key, composer);
    }

    private KeyAction? Second(Key first, Key key) => map.Find(first, key)
        ?? (first.Code == KeyCode.Escape && key.Code != KeyCode.Paste ? map.Find(WithAlt(key)) : null);

    // Escape and then a key is the same as Alt with it, as in shells: for keyboards and terminals whose Alt does something else.
    private static Key WithAlt(Key key)
    {
        var upper = key.Code == KeyCode.Text && key.Text is [>= 'A' and <= 'Z'];
        return key with
        {
            Modifiers = key.Modifiers | Modifiers.Alt | (upper ? Modifiers.Shift : Modifiers.None),
            Text = upper ? key.Text.ToLowerInvariant() : key.Text,
        };
    }

    private IReadOnlyList<KeyCommand> Single(Key key, ComposerState composer)
    {
        var action = map.Find(key);
        if (map.Begins(key) || (action == KeyAction.Cancel && key is { Code: KeyCode.Escape, Modifiers: Modifiers.None } && !composer.MayCancel))
        {
            _first = key;
            return [];
        }

        if (action is { } known)
        {
            var command = Settle(known, key, composer);
            return command.Action == KeyAction.Submit && _vi is { IsNormal: true } ? [new KeyCommand(_vi.Insert()), command] : [command];
        }

        return key.IsTyped ? [new KeyCommand(KeyAction.Insert, key.Text)] : [];
    }

    // One of two, where a stroke has both meanings.
    private static KeyCommand Settle(KeyAction action, Key key, ComposerState composer)
    {
        var settled = action switch
        {
            KeyAction.KillOrPalette => composer.IsAtEnd ? KeyAction.Palette : KeyAction.KillToEnd,
            KeyAction.RightOrSearch => composer.IsAtEnd ? KeyAction.Search : KeyAction.Right,
            KeyAction.HelpOrInsert => IsIdle(composer) || !key.IsTyped ? KeyAction.Help : KeyAction.Insert,
            KeyAction.UpOrEditLast => IsIdle(composer) ? KeyAction.EditLast : KeyAction.Up,
            KeyAction.StartOrOldest => IsIdle(composer) ? KeyAction.ToOldest : KeyAction.TextStart,
            KeyAction.EndOrNewest => IsIdle(composer) ? KeyAction.ToNewest : KeyAction.TextEnd,
            KeyAction.UpOrPreviousMessage => IsIdle(composer) ? KeyAction.PreviousMessage : KeyAction.Up,
            KeyAction.DownOrNextMessage => IsIdle(composer) ? KeyAction.NextMessage : KeyAction.Down,
            _ => action,
        };
        return new KeyCommand(settled, settled == KeyAction.Insert ? key.Text : "");
    }

    private static bool IsIdle(ComposerState composer) => composer is { IsEmpty: true, IsFullScreen: true };
}
