// Owns: device cards and pinned names.
// Must never: replace a pin; the first account that used a name here keeps it.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>Who is who, durably.</summary>
internal sealed class PeopleTable(Database database)
{
    private readonly Statement _cards = database.Prepare("SELECT card FROM devices", 0);
    private readonly Statement _keepCard = database.Prepare(
        "INSERT INTO devices (device, card, made_at) VALUES (?1, ?2, ?3) ON CONFLICT (device) DO UPDATE SET card = excluded.card, made_at = excluded.made_at WHERE excluded.made_at > devices.made_at", 3);
    private readonly Statement _pins = database.Prepare("SELECT name, account FROM pins", 0);
    private readonly Statement _pin = database.Prepare("INSERT INTO pins (name, account, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", 3);
    private readonly Statement _pinned = database.Prepare("SELECT account FROM pins WHERE name = ?1", 1);

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
        database.Begin();
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
        database.Begin();
        _pin.Run(name, account.ToBytes(), now);
        return _pinned.Bytes(name) is { } bytes && AccountId.TryRead(bytes, out var owner) ? owner : account;
    }
}
