// Owns: what a store that came out of a backup must forget before anybody opens it.
// Must never: keep what names the device or the copy it was taken from.
using Papo.Client.Store;

namespace Papo.Client.Engine;

/// <summary>A store in a new place (docs/PROTOCOL.md 13.4, 21).</summary>
internal static class RestoredStore
{
    /// <summary>The next start makes a new device and a new copy; what nobody is known to hold goes out from that device.</summary>
    public static void Renew(string path)
    {
        using var store = SpaceStore.Open(path);
        foreach (var slot in store.Outbox.Slots())
        {
            SpaceChange.Redraft(store, slot, static row => row.Device is not null);
            store.Outbox.Adopt(slot, 0);
        }

        store.Prekeys.Clear();
        store.Meta.SetBytes(DeviceLists.CopyKey, ReadOnlyMemory<byte>.Empty);
        store.Commit();
    }
}
