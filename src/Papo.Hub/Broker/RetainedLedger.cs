// Owns: which topics hold a retained message, how large each is and when it expires. MQTTnet keeps any number of any size for ever.
// Must never: hold a payload; MQTTnet has it.
using MQTTnet;

namespace Papo.Hub;

internal sealed class RetainedLedger(EmbeddedBrokerOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Whether a message published with the retain flag may be kept; an empty payload clears its topic (MQTT 5.0, 3.3.1.3).</summary>
    public bool TryKeep(MqttApplicationMessage message)
    {
        if (message.Payload.IsEmpty)
        {
            Remove(message.Topic);
            return true;
        }

        var size = MessageSize.Of(message);
        var expires = message.MessageExpiryInterval == 0
            ? DateTimeOffset.MaxValue
            : options.Time.GetUtcNow().AddSeconds(message.MessageExpiryInterval);
        lock (_lock)
        {
            var known = _entries.TryGetValue(message.Topic, out var old);
            var bytes = _bytes + size - (known ? old.Bytes : 0);
            if (size - MessageSize.Overhead > options.MaxRetainedBytesPerMessage || bytes > options.MaxRetainedBytes
                || (!known && _entries.Count >= options.MaxRetainedMessages))
            {
                return false;
            }

            _entries[message.Topic] = new Entry(size, expires);
            _bytes = bytes;
            return true;
        }
    }

    /// <summary>Takes the topics whose message is over at <paramref name="now"/> out of the ledger.</summary>
    public IReadOnlyList<string> TakeExpired(DateTimeOffset now)
    {
        lock (_lock)
        {
            var over = _entries.Where(e => e.Value.Expires <= now).Select(e => e.Key).ToList();
            over.ForEach(RemoveHeld);
            return over;
        }
    }

    private void Remove(string topic)
    {
        lock (_lock)
        {
            RemoveHeld(topic);
        }
    }

    private void RemoveHeld(string topic)
    {
        if (_entries.Remove(topic, out var entry))
        {
            _bytes -= entry.Bytes;
        }
    }

    private readonly record struct Entry(long Bytes, DateTimeOffset Expires);
}
