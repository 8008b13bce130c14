// Owns: the full screen on a real terminal: what it shows there, and how it leaves it.
// Must never: look at anything but what the terminal shows and says.
using Papo.Chat;
using Papo.Drawing;
using Papo.FullScreen;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.FullScreen;

public sealed class TmuxTests
{
    private const string Modes = "#{alternate_on}#{mouse_any_flag}#{cursor_flag}#{wrap_flag}";

    [Fact]
    public async Task A_real_terminal_shows_what_the_pictures_say_also_after_each_change_and_another_size()
    {
        await using var tmux = await Tmux.StartAsync(100, 30, "stty raw -echo; : > {folder}/bytes; exec tail -c +1 -f {folder}/bytes");
        var painter = new Painter(new TerminalKind(ColourDepth.Palette, true));
        var hits = new Hits();
        var screen = GoldenScreenTests.Busy(100, 30);
        var bytes = Path.Combine(tmux.Folder, "bytes");
        await tmux.UntilAsync(_ => File.Exists(bytes));
        await ShowAsync();
        screen.Press("ctrl+k");
        await ShowAsync();
        screen.Type("bia");
        await ShowAsync();
        screen.Press("escape");
        screen.Type("a line that is being written 漢字");
        await ShowAsync();
        screen.Take(new LinkMade(Room.General, GoldenScreenTests.Invitation("general/"), screen.Now, OnlyHere: false));
        await ShowAsync();
        screen.Press("escape", "alt+p", "alt+p");
        await ShowAsync();
        screen.Press("pageup");
        await ShowAsync();
        foreach (var (columns, rows) in ((int, int)[])[(60, 15), (200, 60), (80, 24)])
        {
            screen.Resize(columns, rows);
            await tmux.ResizeAsync(columns, rows);
            await ShowAsync();
        }

        async Task ShowAsync()
        {
            ScreenView.Draw(screen.Model, painter.Next, hits);
            var picture = painter.Next.ToString();
            await File.AppendAllTextAsync(bytes, painter.Update());
            await tmux.UntilAsync(shown => Trimmed(shown) == Trimmed(picture));
        }
    }

    [Fact]
    public async Task Two_people_talk_in_two_terminals()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await PapoAsync("ana", broker, 100, 30);
        await using var bia = await PapoAsync("bia", broker, 60, 15);
        await ana.UntilAsync("● bia");
        await ana.TypeAsync("oi **bia**!");
        await ana.PressAsync("Enter");
        await bia.UntilAsync("ana oi bia!");
        await ana.UntilAsync("✓✓");
        await bia.TypeAsync("oi ana, 漢字 👍");
        await bia.PressAsync("Enter");
        await ana.UntilAsync("bia oi ana, 漢字 👍");

        await ana.ResizeAsync(60, 15);
        await ana.UntilAsync(static shown => shown.Contains("bia oi ana", StringComparison.Ordinal) && !shown.Contains("● bia", StringComparison.Ordinal));
        await ana.TypeAsync("/quit");
        await ana.PressAsync("Enter");
        await ana.UntilAsync("ended 0");
    }

    [Fact]
    public async Task The_screen_has_colours_unless_its_user_wants_none()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using (var ana = await PapoAsync("ana", broker, 100, 30, before: "unset NO_COLOR;"))
        {
            Assert.Contains("\e[48;5;237m", await ana.ColouredAsync(), StringComparison.Ordinal);
        }

        await using var bia = await PapoAsync("bia", broker, 100, 30, before: "export NO_COLOR=1;");
        Assert.DoesNotContain("\e[48;5", await bia.ColouredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_being_written_is_there_at_the_next_start_even_after_a_kill()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await PapoAsync("ana", broker, 100, 30, again: true);
        await ana.TypeAsync("half a sent");
        var places = Path.Combine(ana.Folder, "home");
        await ana.UntilAsync(_ => Directory.EnumerateFiles(places, "places", SearchOption.AllDirectories).Any(static file => File.ReadAllText(file).Contains(Convert.ToBase64String("half a sent"u8), StringComparison.Ordinal)));
        await SignalAsync(ana, "KILL");
        await ana.UntilAsync("> half a sent");
    }

    [Theory]
    [InlineData("keys", "0")]
    [InlineData("TERM", "143")]
    [InlineData("INT", "130")]
    [InlineData("HUP", "130")]
    public async Task However_it_ends_the_terminal_is_as_it_was(string way, string code)
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await PapoAsync("ana", broker, 100, 30);
        Assert.Equal("1110", await ana.AskAsync(Modes));
        if (way == "keys")
        {
            await ana.PressAsync("C-c");
            await ana.UntilAsync("Ctrl+C once more leaves.");
            await ana.PressAsync("C-c");
        }
        else
        {
            await SignalAsync(ana, way);
        }

        await ana.UntilAsync("ended " + code);
        await ana.UntilAsync(_ => File.Exists(Path.Combine(ana.Folder, "after")));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(ana.Folder, "before")), await File.ReadAllTextAsync(Path.Combine(ana.Folder, "after")));
        Assert.Equal("0011", await ana.AskAsync(Modes));
    }

    [Fact]
    public async Task A_crash_leaves_the_terminal_as_it_was_and_says_what_it_was()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var settings = new TestHome();
        await using var ana = await PapoAsync("ana", broker, 100, 30, before: $"mkfifo {{folder}}/crash; export {StartupHook.Pipe}={{folder}}/crash;", program: PapoProgram.WithHook(settings.Path));
        Assert.Equal("1110", await ana.AskAsync(Modes));
        using (var now = System.Diagnostics.Process.Start("sh", ["-c", $"echo now > {ana.Folder}/crash"]))
        {
            await now.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await ana.UntilAsync("ended 134"); // SIGABRT: the runtime ends what nobody caught
        await ana.UntilAsync("a crash that nobody expected");
        await ana.UntilAsync(_ => File.Exists(Path.Combine(ana.Folder, "after")));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(ana.Folder, "before")), await File.ReadAllTextAsync(Path.Combine(ana.Folder, "after")));
        Assert.Equal("0011", await ana.AskAsync(Modes));
    }

    [Fact]
    public async Task Stopped_and_gone_on_with_the_screen_is_there_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await PapoAsync("ana", broker, 100, 30, shell: "bash --norc -i");
        await ana.TypeAsync("not sent yet");
        await ana.UntilAsync("> not sent yet");
        await ana.PressAsync("C-z");
        await ana.UntilAsync("Stopped");
        Assert.Equal("0", await ana.AskAsync("#{alternate_on}"));
        await ana.TypeAsync("fg");
        await ana.PressAsync("Enter");
        await ana.UntilAsync("> not sent yet");
        Assert.Equal("1", await ana.AskAsync("#{alternate_on}"));
    }

    private static async Task<Tmux> PapoAsync(string name, Mosquitto broker, int columns, int rows, bool again = false, string? shell = null, string before = "", IReadOnlyList<string>? program = null)
    {
        var papo = $"export TERM=tmux-256color; {before} {string.Join(' ', (program ?? PapoProgram.Command).Select(Tmux.Quote))} --home {{folder}}/home --name {name} --broker {broker.Address} --lang en";
        var run = again ? $"while :; do {papo}; done" : $"stty -g > {{folder}}/before; {papo}; code=$?; stty -g > {{folder}}/after.new; mv {{folder}}/after.new {{folder}}/after; echo ended $code; exec sleep 1000";
        var tmux = await Tmux.StartAsync(columns, rows, shell is null ? run : $"exec {shell}");
        if (shell is not null)
        {
            await tmux.TypeAsync(papo.Replace("{folder}", tmux.Folder, StringComparison.Ordinal));
            await tmux.PressAsync("Enter");
        }

        await tmux.UntilAsync("Write to #general…");
        return tmux;
    }

    private static async Task SignalAsync(Tmux tmux, string signal)
    {
        // The shell waits for its child, which is papo.
        var shell = await tmux.AskAsync("#{pane_pid}");
        var child = (await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children")).Trim().Split(' ')[0];
        using var kill = System.Diagnostics.Process.Start("kill", ["-" + signal, child]);
        await kill.WaitForExitAsync();
    }

    private static string Trimmed(string picture) => string.Join('\n', picture.Split('\n').Select(static line => line.TrimEnd())).TrimEnd('\n');
}
