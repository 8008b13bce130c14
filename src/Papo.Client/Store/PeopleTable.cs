// Owns: device cards and pinned names.
// Must never: replace a pin; the first account that used a name here keeps it.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>Who is who, durably.</summary>
internal sealed class PeopleTable(SpaceStore store)
{
    private readonly Statement _cards = store.Prepare("SELECT card FROM devices", 0);
    private readonly Statement _keepCard = store.Prepare(
        "INSERT INTO devices (device, card, made_at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET card = excluded.card, made_at = excluded.made_at WHERE excluded.made_at > made_at", 3);
    private readonly Statement _pins = store.Prepare("SELECT name, account FROM pins", 0);
    private readonly Statement _pin = store.Prepare("INSERT INTO pins (name, account, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", 3);
    private readonly Statement _pinned = store.Prepare("SELECT account FROM pins WHERE name = ?1", 1);

    public IEnumerable<byte[]> Cards()
    {
        using var reader = _cards.Read();
        while (reader.Read())
        {
            yield return reader.Bytes(0);
        }
    }

    public void Keep(DeviceCard card)
    {
        store.Begin();
        _keepCard.Run(card.Device.ToBytes(), card.Bytes, card.MadeAt);
    }

    public IEnumerable<(string Name, AccountId Account)> Pins()
    {
        using var reader = _pins.Read();
        while (reader.Read())
        {
            yield return (reader.GetString(0), AccountId.TryRead(reader.Span(1), out var account) ? account : default);
        }
    }

    /// <summary>Pins a name and answers whose it is: another process of the profile may have been first.</summary>
    public AccountId Pin(string name, AccountId account, long now)
    {
        store.Begin();
        _pin.Run(name, account.ToBytes(), now);
        return _pinned.Bytes(name) is { } bytes && AccountId.TryRead(bytes, out var owner) ? owner : account;
    }
}
