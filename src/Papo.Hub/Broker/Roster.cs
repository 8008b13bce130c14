// Owns: who is connected, and until when the sessions of those who are away are kept.
// Must never: hold a session; MQTTnet has it and is told when to drop it.
using System.Collections.Concurrent;

namespace Papo.Hub;

internal sealed class Roster(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ClientChannel> _here = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _away = new(StringComparer.Ordinal);

    public int Here => _here.Count;

    public int Away => _away.Count;

    /// <summary>Set once, when the broker begins to stop.</summary>
    public bool Stopping { get; set; }

    public ClientChannel? Find(string client) => _here.GetValueOrDefault(client);

    public bool IsHere(string client) => _here.ContainsKey(client);

    public bool IsAway(string client) => _away.ContainsKey(client);

    public bool IsOver(string client) => _away.TryGetValue(client, out var until) && until <= time.GetUtcNow();

    public IReadOnlyList<string> Over()
    {
        var now = time.GetUtcNow();
        return [.. _away.Where(a => a.Value <= now).Select(a => a.Key)];
    }

    public void Arrive(ClientChannel channel)
    {
        _here[channel.ClientId] = channel;
        _away.TryRemove(channel.ClientId, out _);
    }

    /// <summary>True when the client is gone together with its session; false when its session waits or another connection has it.</summary>
    public bool Leave(ClientChannel channel)
    {
        if (!_here.TryRemove(new KeyValuePair<string, ClientChannel>(channel.ClientId, channel)))
        {
            return false;
        }

        if (channel.KeepSession <= TimeSpan.Zero)
        {
            return true;
        }

        _away[channel.ClientId] = time.GetUtcNow() + channel.KeepSession;
        return false;
    }

    public void Forget(string client) => _away.TryRemove(client, out _);
}
