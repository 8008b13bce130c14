// Owns: what people call private rooms here: the other's name, or the name that came sealed with a commit.
// Must never: show a name that is not sealed under a secret of the room.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Labels of private rooms, and telling of new ones.</summary>
internal sealed class RoomLabels(EngineContext context)
{
    /// <summary>Somebody took this account into a room: told once people know what it is called.</summary>
    public void Announce(PrivateRoom room, Author by)
    {
        room.Announce = by;
        Show(room);
    }

    /// <summary>The name as the commit that stands has it, or as one of before while that cannot be read.</summary>
    public void Read(PrivateRoom room, CommitNode node, EpochSecret secret)
    {
        if (room.Row is { Peer: null } row && (row.Title is null || node.Id == room.Graph.Tip?.Id) && !node.Commit.Title.IsEmpty
            && secret.TitleKey().OpenWith([], node.Commit.Title.Span) is { } bytes && PrivateTitle.TryRead(bytes, out var title) && row.Title != title)
        {
            room.Row = row with { Title = title };
            context.Store.Private.SetTitle(room.State.No, title);
        }

        Show(room);
    }

    /// <summary>Gives the room its label.</summary>
    public void Show(PrivateRoom room)
    {
        room.State.Show(LabelOf(room));
        if (room is { Announce: { } by, State.Room.Label: not null })
        {
            room.Announce = null;
            context.EmitDurable(new RoomOpened(room.State.Room, by));
        }
    }

    private string? LabelOf(PrivateRoom room) => room.Row switch
    {
        { Peer: { } peer } => "@" + context.Roster.NameOf(peer),
        { Title: { } title } => "~" + title,
        _ => null,
    };
}
