// Owns: golden rows: how messages are laid out at three widths, as text to review (Golden/*.txt; see RowText for the signs).
// Must never: be renewed without reading what changed.
using Papo.Rich;

namespace Papo.Tests.Rich;

public sealed class GoldenRowTests
{
    private const string Section = "\n=== ";

    private static readonly int[] Widths = [20, 40, 80];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.txt").Select(static file => Path.GetFileNameWithoutExtension(file)).Order()];

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Papo.slnx")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder?.FullName ?? "", "tests", "Papo.Tests", "Rich", "Golden");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Messages_are_laid_out_as_the_golden_rows_say(string name)
    {
        var golden = File.ReadAllText(Path.Combine(Folder, name + ".txt"));
        var sections = golden.Split(Section);
        var actual = sections[0] + string.Concat(Widths.Select(width => $"{Section}{width}\n{RowText.Of(sections[0], width)}")) + "\n";
        Assert.Equal(golden, actual);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Rows_joined_again_are_the_message_but_for_the_fences_of_code(string name)
    {
        var message = RichText.Plain(File.ReadAllText(Path.Combine(Folder, name + ".txt")).Split(Section)[0]);
        var withoutFences = name is "code" or "languages" or "right-to-left" ? WithoutFences(message) : message;
        Assert.All(Widths, width => Assert.Equal(withoutFences, RowText.Copied(RichText.Lay(message, width, RowText.Ana))));
    }

    private static string WithoutFences(string message) =>
        string.Join('\n', message.Split('\n').Where(static line => !line.TrimStart('>', ' ').StartsWith("```", StringComparison.Ordinal) || line == "```js"));
}
