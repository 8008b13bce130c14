// Owns: own messages that leave before the store has them: what a crash finds between the two, for this process and for another.
// Must never: kill anything; a home copied while the engine stands still at a step is what a kill there would leave.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class AheadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultPoints.Numbered)]
    [InlineData(FaultPoints.Published)]
    [InlineData(FaultPoints.Acknowledged)]
    public async Task A_message_that_is_ahead_of_the_store_when_its_author_dies_is_there_once_after_the_next_start(string step)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        using var left = new TestHome();
        await LeaveAsync(mosquitto, left, step);
        Assert.Equal(["olá"], left.Texts); // what was said last is not in the store
        Assert.True(left.Contains("oi, bia!"));

        await using var again = await Member.ArriveAsync("ana", mosquitto.Address, left.Path);
        await again.SayAndHoldAsync("voltei");
        await bia.UntilSaidAsync("voltei");
        Assert.Equal(["olá", "oi, bia!", "voltei"], left.Texts);
        Assert.Equal(["olá", "oi, bia!", "voltei"], bia.Lines);
        var past = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(5), Stop);
        Assert.Equal(["olá", "oi, bia!", "voltei"], past.Messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task Another_process_of_the_profile_sends_what_a_dead_one_had_ahead_of_the_store()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var left = new TestHome();
        await LeaveAsync(mosquitto, left, FaultPoints.Numbered);

        var first = left.Open("ana"); // somebody has the first slot while the next process starts
        await using var second = await Member.OpenAsync("ana", mosquitto.Address, left.Path);
        Assert.Equal((0, 1), (first.Slot, second.Slot));
        first.Dispose();
        await second.UntilAsync<Noticed>(static change => change.Notice is { Kind: NoticeKind.Drained });
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await second.SayAndHoldAsync("sou eu de novo");
        await bia.UntilSaidAsync("sou eu de novo");
        Assert.Equal(["olá", "oi, bia!", "sou eu de novo"], left.Texts);
        Assert.Equal(0, left.Waiting);
    }

    [Fact]
    public async Task A_deleted_message_is_in_no_file_although_it_went_ahead_of_the_store()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await ana.SayAndHoldAsync("olá");
            await ana.SayAsync("melhor não dizer isto");
            var said = await bia.UntilSaidAsync("melhor não dizer isto");
            await ana.Client.SendAsync(Room.General, new Draft("") { Kind = MessageKind.Delete, Target = said.Id }, Stop);
            await bia.UntilAsync<MessageAmended>(static change => change.Amendment.Kind == MessageKind.Delete);
        }

        Assert.False(home.Contains("melhor não dizer isto"));
    }

    // The home of somebody who has died at a step of his second message; the first one made the file.
    private static async Task LeaveAsync(Mosquitto mosquitto, TestHome left, string step)
    {
        using var home = new TestHome();
        var copied = new TaskCompletionSource();
        var isSecond = false;
        void At(string reached)
        {
            if (reached == step && Volatile.Read(ref isSecond) && !copied.Task.IsCompleted)
            {
                Copy(home.Path, left.Path);
                copied.SetResult();
            }
        }

        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path, options => options with { Fault = At });
        var first = await ana.SayAsync("olá");
        await ana.UntilAsync<StateChanged>(change => change.Number == first && change.State == MessageState.Held || change.State == MessageState.Sent);
        Volatile.Write(ref isSecond, true);
        await ana.SayAsync("oi, bia!");
        await copied.Task.WaitAsync(Member.Soon, Stop);
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = File.Create(file.Replace(from, to, StringComparison.Ordinal));
            source.CopyTo(copy);
        }
    }
}
