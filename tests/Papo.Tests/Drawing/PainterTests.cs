// Owns: proof that an update leads to the picture that was drawn, whatever was there before.
using CsCheck;
using Papo.Drawing;
using Papo.Rich;

namespace Papo.Tests.Drawing;

public sealed class PainterTests
{
    private static readonly string[] Texts = ["hello", "oi ana", "x", "漢字かな", "👍🏽", "e\u0301te\u0301", "مرحبا", "          ", "日", "🇧🇷", "a 漢 b"];

    private static readonly Look[] Looks = [default, new(Colour.Of(3)), new(Colour.Of(200), Colour.Of(17)), new(default, default, Face.Bold)];

    private static readonly Gen<(int Column, int Row, string Text, Look Look, string? Link)> Strokes =
        from column in Gen.Int[0, 39]
        from row in Gen.Int[0, 7]
        from text in Gen.Int[0, Texts.Length - 1].Select(static i => Texts[i])
        from look in Gen.Int[0, Looks.Length - 1].Select(static i => Looks[i])
        from link in Gen.Int[0, 3].Select(static i => i == 0 ? "https://example.org/" : null)
        select (column, row, text, look, (string?)link);

    [Fact]
    public void Any_pictures_one_after_the_other_look_as_if_each_had_been_drawn_from_nothing()
    {
        Strokes.List[0, 30].List[1, 6].Sample(
            pictures =>
            {
                var painter = new Painter(new TerminalKind(ColourDepth.True, true));
                var terminal = new PictureTerminal(40, 8);
                foreach (var picture in pictures)
                {
                    Draw(painter.Next, picture);
                    terminal.Write(painter.Update());
                    Assert.False(terminal.Updating);
                    Assert.Equal(FromNothing(picture), terminal.ToString());
                }
            },
            iter: 2000);
    }

    [Fact]
    public void The_same_picture_again_writes_nothing()
    {
        var painter = new Painter(new TerminalKind(ColourDepth.Palette, true));
        for (var i = 0; i < 3; i++)
        {
            painter.Next.Begin(40, 8, default);
            painter.Next.Put(3, 2, "漢字 and more", new Look(Colour.Of(3)));
            painter.Next.Cursor = (5, 5);
            Assert.Equal(i == 0, painter.Update().Length > 0);
        }
    }

    [Fact]
    public void The_cursor_stands_where_the_picture_says_and_hides_where_it_says_nothing()
    {
        var painter = new Painter(new TerminalKind(ColourDepth.Palette, true));
        var terminal = new PictureTerminal(40, 8);
        painter.Next.Begin(40, 8, default);
        painter.Next.Cursor = (5, 6);
        terminal.Write(painter.Update());
        Assert.Equal((5, 6, true), (terminal.Cursor.Column, terminal.Cursor.Row, terminal.CursorVisible));

        painter.Next.Begin(40, 8, default);
        painter.Next.Put(0, 0, "ana", default);
        terminal.Write(painter.Update());
        Assert.False(terminal.CursorVisible);
    }

    [Fact]
    public void After_another_size_everything_is_drawn_anew()
    {
        var painter = new Painter(new TerminalKind(ColourDepth.Palette, true));
        painter.Next.Begin(40, 8, default);
        painter.Next.Put(0, 0, "ana", default);
        painter.Update();

        var terminal = new PictureTerminal(20, 5);
        painter.Next.Begin(20, 5, default);
        painter.Next.Put(0, 4, "bia", default);
        terminal.Write(painter.Update());
        Assert.Contains("[b|0|][i|0|][a|0|]", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_typed_letter_costs_few_bytes()
    {
        var painter = new Painter(new TerminalKind(ColourDepth.Palette, true));
        painter.Next.Begin(100, 30, default);
        painter.Next.Put(0, 29, "> h", default);
        painter.Next.Cursor = (3, 29);
        painter.Update();
        painter.Next.Begin(100, 30, default);
        painter.Next.Put(0, 29, "> hi", default);
        painter.Next.Cursor = (4, 29);
        Assert.InRange(painter.Update().Length, 1, 40);
    }

    private static string FromNothing(IEnumerable<(int, int, string, Look, string?)> picture)
    {
        var painter = new Painter(new TerminalKind(ColourDepth.True, true));
        Draw(painter.Next, picture);
        var terminal = new PictureTerminal(40, 8);
        terminal.Write(painter.Update());
        return terminal.ToString();
    }

    private static void Draw(Canvas canvas, IEnumerable<(int Column, int Row, string Text, Look Look, string? Link)> picture)
    {
        canvas.Begin(40, 8, default);
        foreach (var (column, row, text, look, link) in picture)
        {
            canvas.Put(column, row, text, look, link: link);
        }
    }
}
