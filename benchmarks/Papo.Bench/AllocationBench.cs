// Owns: how many bytes one received message makes the program allocate: in a hub, and in a chat up to the model of its screen.
// Must never: count what sends the messages, or the first ones, which make everything that is kept.
using Papo.Chat;
using Papo.Client;
using Papo.Protocol;
using Papo.Texts;

namespace Papo.Bench;

/// <summary>Signed beforehand, fed by a connection that allocates next to nothing.</summary>
internal static class AllocationBench
{
    private const int WarmUp = 5_000;

    public static async Task RunAsync(Size size, Report report)
    {
        report.Add(new AllocationRow("archived by a hub", size.Ingest, await MeasureAsync(5, size.Ingest, static options => options with { Hub = new HubRole("bench") }, null)));
        report.Add(new AllocationRow("received, up to the model of the screen", size.Ingest, await MeasureAsync(1, size.Ingest, null, Screen())));
    }

    private static Action<ChatChange> Screen()
    {
        var model = new ChatModel(Words.For(Language.English), TimeZoneInfo.Utc, "mqtt://localhost", live: true);
        return change => ChangeFold.Apply(model, change, DateTimeOffset.UnixEpoch, new ChatStep());
    }

    private static async Task<long> MeasureAsync(int rooms, int count, Func<ChatOptions, ChatOptions>? role, Action<ChatChange>? screen)
    {
        var space = new SpaceCard(new SpaceId(new UInt128(1, 2)), 1_700_000_000_000);
        var load = SignedLoad.Make(space.Space, devices: 20, rooms, WarmUp + count);
        await using var broker = new LoadBroker(space);
        var home = Disk.All[0].MakeFolder();
        try
        {
            await using var person = await PapoPerson.OpenAsync("ana", "chat", broker.Address, home, role, changed: screen);
            await broker.Subscribed;
            await broker.FeedAsync([.. load.Births.Concat(load.Texts.Take(WarmUp)).Select(LoadBroker.Encode)]);
            var packets = load.Texts.Skip(WarmUp).Select(LoadBroker.Encode).ToList();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await broker.FeedAsync(packets);
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / count;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
