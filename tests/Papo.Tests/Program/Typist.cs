// Owns: somebody at a keyboard: bytes in, an edited line out.
// Must never: need a terminal.
using System.Text;
using CsCheck;
using Papo.Terminal;

namespace Papo.Tests.Program;

/// <summary>Types into a line editor through parser and key map.</summary>
internal sealed class Typist(KeyMap map, LineEditor editor, bool isFullScreen = false)
{
    private readonly KeyParser _parser = new();

    /// <summary>In front of the default keys.</summary>
    public Typist(KeyMap? map = null, bool isFullScreen = false)
        : this(map ?? KeyMap.Emacs, new LineEditor(static (_, cursor) => new Completions(cursor, [])), isFullScreen)
    {
    }

    /// <summary>One of some values.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    public LineEditor Editor => editor;

    public Keyboard Keyboard { get; } = new(map);

    public string Text => editor.Text;

    /// <summary>The text with a bar where the cursor stands.</summary>
    public string Seen => editor.Text.Insert(editor.Cursor, "|");

    /// <summary>Every action that came of what was typed.</summary>
    public List<KeyAction> Actions { get; } = [];

    /// <summary>Types, waits a moment; the last outcome.</summary>
    public EditOutcome Type(string typed)
    {
        var outcome = EditOutcome.None;
        Key[] keys = [.. _parser.Parse(Encoding.UTF8.GetBytes(typed)), .. _parser.Flush()];
        foreach (var key in keys)
        {
            foreach (var command in Keyboard.Press(key, editor.State(isFullScreen)))
            {
                Actions.Add(command.Action);
                outcome = editor.Apply(command);
            }
        }

        return outcome;
    }

    /// <summary>Types and goes on.</summary>
    public Typist After(string typed)
    {
        Type(typed);
        return this;
    }
}
