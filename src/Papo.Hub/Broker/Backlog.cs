// Owns: how many messages and bytes wait for each client and for all, and whether one more may wait. MQTTnet bounds its queue by
// number only, and does not count what was sent and never acknowledged.
// Must never: hold a message.
using System.Collections.Concurrent;

namespace Papo.Hub;

internal sealed class Backlog(EmbeddedBrokerOptions options)
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private long _bytes;
    private long _dropped;
    private long _delivered;

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Dropped => Interlocked.Read(ref _dropped);

    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>A message was written to a client.</summary>
    public void Deliver() => Interlocked.Increment(ref _delivered);

    public bool TryCharge(string client, long size)
    {
        var account = _accounts.GetOrAdd(client, _ => new Account());
        lock (account)
        {
            if (account.Messages >= options.MaxPendingMessagesPerClient || account.Bytes + size > Allowance(size))
            {
                Interlocked.Increment(ref _dropped);
                return false;
            }

            account.Messages++;
            account.Bytes += size;
            Interlocked.Add(ref _bytes, size);
            return true;
        }
    }

    public void Release(string client, long size)
    {
        if (!_accounts.TryGetValue(client, out var account))
        {
            return;
        }

        lock (account)
        {
            var messages = Math.Max(0, account.Messages - 1);
            Set(account, messages, messages == 0 ? 0 : Math.Max(0, account.Bytes - size));
        }
    }

    public bool Owes(string client) => _accounts.TryGetValue(client, out var account) && account.Messages > 0;

    /// <summary>
    /// A client is back and <paramref name="pending"/> messages wait for it: a resumed session loses what was queued at QoS 0, and a
    /// new one starts empty. The bytes follow in proportion.
    /// </summary>
    public void Settle(string client, long pending)
    {
        if (!_accounts.TryGetValue(client, out var account))
        {
            return;
        }

        lock (account)
        {
            var messages = (int)Math.Min(account.Messages, pending);
            Set(account, messages, messages == 0 ? 0 : account.Bytes / account.Messages * messages);
        }
    }

    public void Forget(string client)
    {
        if (_accounts.TryRemove(client, out var account))
        {
            lock (account)
            {
                Set(account, 0, 0);
            }
        }
    }

    private long Allowance(long size) =>
        Bytes + size > options.MaxPendingBytes ? options.SmallBacklogBytes : options.MaxPendingBytesPerClient;

    private void Set(Account account, int messages, long bytes)
    {
        Interlocked.Add(ref _bytes, bytes - account.Bytes);
        (account.Messages, account.Bytes) = (messages, bytes);
    }

    private sealed class Account
    {
        public int Messages { get; set; }

        public long Bytes { get; set; }
    }
}
