// Owns: bringing what the library tells into the events of a chat.
// Must never: look at what they bring.
using System.Threading.Channels;
using Papo.Client;

namespace Papo.Chat;

/// <summary>Loops that write events until they are cancelled.</summary>
internal static class ChatPumps
{
    /// <summary>Changes of the library.</summary>
    public static async Task ChangesAsync(ChatClient client, ChannelWriter<ChatEvent> events, CancellationToken cancellation)
    {
        try
        {
            await foreach (var change in client.Changes.ReadAllAsync(cancellation))
            {
                await events.WriteAsync(new ChangeEvent(change), cancellation);
            }

            await events.WriteAsync(new ClientEndedEvent(), cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await events.WriteAsync(new Faulted(fault), cancellation);
        }
    }
}
