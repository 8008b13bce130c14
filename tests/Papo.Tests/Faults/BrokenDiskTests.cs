// Owns: what a full, read-only or damaged disk does: a word that says which, and nothing acknowledged is lost.
// Must never: simulate the disk; a small one is mounted.
using Microsoft.Data.Sqlite;
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class BrokenDiskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_nothing_is_taken_and_what_was_missed_comes_when_there_is_space_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var disk = await SmallDisk.MountAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, disk.Path))
        {
            await bia.SayAndHoldAsync("oi, ana");
            await ana.SayAndHoldAsync("oi, bia");
            disk.Fill();

            await ana.SayAsync(new string('a', 9_000));
            await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreFailed);
            var refused = await bia.Client.SendAsync(Room.General, new Draft("não cabe"), Stop);
            for (var i = 0; i < 20; i++)
            {
                await ana.SayAsync($"enquanto isso {i}");
            }

            Assert.Equal(new SendReceipt(null, SendProblem.StoreFailed), refused);
            Assert.DoesNotContain("não cabe", bia.Lines);
            disk.Free();
            await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreRecovered);
            await bia.UntilLinesAsync(23);
            await bia.SayAndHoldAsync("voltei");

            Assert.Equal(24, bia.Lines.Distinct().Count());
            Assert.Equal(24, bia.Lines.Count);
            await Chat.NothingLostTests.AssertSamePastAsync([ana, bia], 24);
        }
    }

    [Fact]
    public async Task What_others_said_in_a_failed_batch_is_told_once_and_comes_again_for_the_disk()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var disk = await SmallDisk.MountAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using (var bia = await Member.ArriveAsync("bia", mosquitto.Address, disk.Path))
        {
            await ana.SayAndHoldAsync("oi, bia");
            disk.Fill();
            var large = new string('a', 12_000);
            await ana.SayAsync(large);
            await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreFailed);

            disk.Free();
            await bia.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.StoreRecovered);
            await ana.SayAndHoldAsync("e agora?");
            await bia.UntilSaidAsync("e agora?");

            // Verified, so shown; not acknowledged before it was on the disk, so the broker brought it again.
            Assert.Single(bia.Lines, large);
            var page = await bia.Client.HistoryAsync(Room.General, new HistoryQuery(10), TimeSpan.FromSeconds(5), Stop);
            Assert.Equal(["oi, bia", large, "e agora?"], page.Messages.Select(static message => message.Text));
        }
    }

    [Fact]
    public async Task A_full_disk_at_the_start_is_named()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var disk = await SmallDisk.MountAsync("1m");
        disk.Fill();

        var failure = await Assert.ThrowsAsync<ProfileException>(() => Member.OpenAsync("ana", mosquitto.Address, disk.Path));

        Assert.Equal(ProfileProblem.DiskFull, failure.Problem);
    }

    [Fact]
    public async Task A_read_only_disk_is_named_at_the_start_and_while_running()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var disk = await SmallDisk.MountAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await disk.SetReadOnlyAsync(true);
        var failure = await Assert.ThrowsAsync<ProfileException>(() => Member.OpenAsync("bia", mosquitto.Address, disk.Path));
        Assert.Equal(ProfileProblem.ReadOnly, failure.Problem);

        await disk.SetReadOnlyAsync(false);
        await (await Member.ArriveAsync("bia", mosquitto.Address, disk.Path)).DisposeAsync();
        await disk.SetReadOnlyAsync(true);
        failure = await Assert.ThrowsAsync<ProfileException>(() => Member.OpenAsync("bia", mosquitto.Address, disk.Path));
        Assert.Equal(ProfileProblem.ReadOnly, failure.Problem);
        await disk.SetReadOnlyAsync(false);
    }

    [Fact]
    public async Task A_store_of_garbage_is_damaged_and_stays_as_it_was()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = await UsedAsync(mosquitto);
        var garbage = new byte[20_000];
        Array.Fill(garbage, (byte)'x');
        await File.WriteAllBytesAsync(home.Stores[0], garbage, Stop);

        var failure = await Assert.ThrowsAsync<ProfileException>(() => Member.OpenAsync("ana", mosquitto.Address, home.Path));

        Assert.Equal((ProfileProblem.Damaged, home.Stores[0]), (failure.Problem, failure.Path));
        Assert.Equal(garbage, await File.ReadAllBytesAsync(home.Stores[0], Stop));
    }

    [Theory]
    [InlineData("account.key")]
    [InlineData("slot-0.key")]
    [InlineData("space")]
    public async Task A_truncated_file_of_the_profile_is_damaged_and_never_made_anew(string name)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = await UsedAsync(mosquitto);
        var file = Directory.EnumerateFiles(home.Path, name, SearchOption.AllDirectories).Single();
        var half = (await File.ReadAllTextAsync(file, Stop))[..20];
        await File.WriteAllTextAsync(file, half, Stop);

        var failure = await Assert.ThrowsAsync<ProfileException>(() => Member.OpenAsync("ana", mosquitto.Address, home.Path));

        Assert.Equal((ProfileProblem.Damaged, file), (failure.Problem, failure.Path));
        Assert.Equal(half, await File.ReadAllTextAsync(file, Stop));
    }

    [Fact]
    public async Task A_store_of_a_newer_program_is_refused_and_not_touched()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = await UsedAsync(mosquitto);
        await using (var connection = new SqliteConnection($"Data Source={home.Stores[0]};Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(Stop);
        }

        var failure = await Assert.ThrowsAsync<ProfileException>(() => Member.OpenAsync("ana", mosquitto.Address, home.Path));

        Assert.Equal(ProfileProblem.Newer, failure.Problem);
        Assert.Equal(["99"], home.Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_store_of_the_first_version_is_migrated_after_a_copy_was_made()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = await UsedAsync(mosquitto);
        var store = home.Stores[0];
        await MakeAsync(store, "1", ["meta", "rooms", "devices", "pins", "logs", "entries", "outbox"]);

        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await ana.SayAsync("oi de novo");
            Assert.Equal(["oi", "oi de novo"], from message in (await ana.Client.SearchAsync("o", null, null, 10, TimeSpan.Zero, Stop)).Messages orderby message.Text select message.Text);
        }

        Assert.Equal(["6"], home.Query("PRAGMA user_version"));
        Assert.Equal(["1"], TestHome.Query(store + ".v1", "PRAGMA user_version"));
        Assert.Equal(["oi"], TestHome.Query(store + ".v1", "SELECT CAST(body AS TEXT) FROM entries WHERE shown = 1"));
    }

    // Puts a store of an older version in the place of one of today, with the same rows.
    private static async Task MakeAsync(string store, string version, string[] tables)
    {
        var today = store + ".today";
        File.Move(store, today);
        using var schema = new StreamReader(typeof(ChatClient).Assembly.GetManifestResourceStream($"Papo.Client.Store.schema-{version}.sql")!);
        await using var connection = new SqliteConnection($"Data Source={store};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the project's own schema and table names
        command.CommandText = $"{await schema.ReadToEndAsync(Stop)} PRAGMA user_version = {version}; ATTACH '{today}' AS today;";
        await command.ExecuteNonQueryAsync(Stop);
        foreach (var table in tables)
        {
            command.CommandText = $"SELECT group_concat(name) FROM pragma_table_info('{table}', 'main')"; // a later version may have more columns
            var columns = await command.ExecuteScalarAsync(Stop);
            command.CommandText = $"INSERT INTO {table} SELECT {columns} FROM today.{table}";
            await command.ExecuteNonQueryAsync(Stop);
        }
#pragma warning restore CA2100
        File.Delete(today);
    }

    private static async Task<TestHome> UsedAsync(Mosquitto mosquitto)
    {
        var home = new TestHome();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await ana.SayAsync("oi");
        return home;
    }
}
