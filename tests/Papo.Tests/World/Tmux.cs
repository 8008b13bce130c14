// Owns: one real terminal: a tmux server of its own with one window.
// Must never: touch anybody else's tmux, or outlive its test.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Papo.Tests.World;

/// <summary>A terminal that a test types into and looks at.</summary>
internal sealed class Tmux : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("papo-tmux-");

    private string Socket => Path.Combine(_folder.FullName, "socket");

    /// <summary>A folder for the test's files; gone at the end.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Opens a window of this size that runs a shell command.</summary>
    public static async Task<Tmux> StartAsync(int columns, int rows, string command)
    {
        var tmux = new Tmux();
        await tmux.RunAsync(
            "-f", "/dev/null", "new-session", "-d", "-s", "papo", "-x", Number(columns), "-y", Number(rows), "-c", tmux.Folder,
            "env", "LC_ALL=C.UTF-8", "sh", "-c", command.Replace("{folder}", tmux.Folder, StringComparison.Ordinal));
        await tmux.RunAsync("set-option", "-g", "status", "off");
        await tmux.ResizeAsync(columns, rows);
        return tmux;
    }

    /// <summary>A shell word.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Types a text.</summary>
    public Task TypeAsync(string text) => RunAsync("send-keys", "-l", text);

    /// <summary>Presses keys by tmux's names: <c>Enter</c>, <c>C-c</c>, <c>PageUp</c>.</summary>
    public Task PressAsync(params string[] keys) => RunAsync(["send-keys", .. keys]);

    /// <summary>Another size.</summary>
    public Task ResizeAsync(int columns, int rows) => RunAsync("resize-window", "-x", Number(columns), "-y", Number(rows));

    /// <summary>What it shows.</summary>
    public Task<string> PictureAsync() => RunAsync("capture-pane", "-p");

    /// <summary>What it shows, with the sequences of its colours.</summary>
    public Task<string> ColouredAsync() => RunAsync("capture-pane", "-p", "-e");

    /// <summary>What tmux knows of it: <c>#{alternate_on}</c>.</summary>
    public async Task<string> AskAsync(string format) => (await RunAsync("display-message", "-p", format)).Trim();

    /// <summary>Waits until it shows something.</summary>
    public async Task<string> UntilAsync(Func<string, bool> isSo)
    {
        var picture = "";
        await Eventually.IsAsync(async () => isSo(picture = await PictureAsync()), () => "The terminal still shows:\n" + picture);
        return picture;
    }

    /// <summary>Waits until it shows a text.</summary>
    public Task<string> UntilAsync(string text) => UntilAsync(picture => picture.Contains(text, StringComparison.Ordinal));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What runs in the window ends with it, but a moment later.
        var running = Descendants(await AskAsync("#{pane_pid}"));
        await RunAsync("kill-server");
        await Eventually.IsAsync(() => !running.Exists(static process => Directory.Exists($"/proc/{process}")), static () => "what ran in the terminal did not end with it");

        _folder.Delete(recursive: true);
    }

    private static List<string> Descendants(string process)
    {
        var file = $"/proc/{process}/task/{process}/children";
        var children = File.Exists(file) ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return [process, .. children.SelectMany(Descendants)];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        string[] all = ["-S", Socket, "-u", .. arguments];
        Array.ForEach(all, start.ArgumentList.Add);
        start.Environment.Remove("TMUX");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"tmux {string.Join(' ', arguments)}: {await error}");
        return output;
    }
}
