// Owns: people who are nothing but what a broker keeps of them: a presence and a device list each.
// Must never: sign while something is measured.
using System.Globalization;
using System.Security.Cryptography;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>As many as a private room can hold.</summary>
internal static class Acquaintances
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Their names, once the broker has them all.</summary>
    public static async Task<IReadOnlyList<string>> IntroduceAsync(BrokerAddress broker, SpaceId space, int count)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var session = new Session(new SessionOptions { Address = broker, ClientId = "acquaintances" }, what =>
        {
            _ = what is SessionEvent.Up && up.TrySetResult();
            return ValueTask.CompletedTask;
        });
        session.Start();
        await up.Task.WaitAsync(Patience, TimeProvider.System);
        Topics.TryMake("chat", out var topics);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var names = new List<string>();
        for (var at = 0; at < count; at++)
        {
            var (account, device) = (KeyPair.Generate(), KeyPair.Generate());
            DisplayName.TryParse(string.Create(CultureInfo.InvariantCulture, $"pessoa{at}"), out var name);
            var card = DeviceCard.Make(space, account, device, name!, now);
            CopyId.TryRead(RandomNumberGenerator.GetBytes(CopyId.Size), out var copy);
            var list = DeviceList.Make(space, account, 1, [new ListedCopy(copy, ExchangeKeyPair.Generate().Public, now)]);
            var presence = new Presence { Card = card, Session = 1, State = PresenceState.Offline, Since = now, At = now };
            await session.PublishAsync(new PublishMessage(topics.DeviceList(card.Account), list.Bytes) { Retain = true });
            await session.PublishAsync(new PublishMessage(topics.Presence(card.Account, card.Device), presence.Sign(space, device)) { Retain = true });
            names.Add(name!.Text);
        }

        await session.EndAsync(null);
        return names;
    }
}
