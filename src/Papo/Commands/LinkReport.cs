// Owns: showing a link: alone on standard output, with its QR code where that is a terminal.
// Must never: put anything but the link into a pipe.
using Papo.Client;
using Papo.Hosting;
using Papo.Pictures;
using Papo.Terminal;

namespace Papo.Commands;

/// <summary>Prints links.</summary>
internal sealed class LinkReport(Surroundings around)
{
    /// <summary>Prints a link as others can use it, and its code.</summary>
    public async Task WriteAsync(InviteLink link, CancellationToken cancellation)
    {
        var reachable = await ReachableAddress.FindAsync(link.Broker, cancellation);
        var text = (link with { Broker = reachable ?? link.Broker }).ToString();
        if (around.Out.Palette.Colour && QrCode.TryMake(text, out var code) && QrLines.Columns(code) <= RawTerminal.Size().Columns)
        {
            around.Out.Raw(string.Join('\n', QrLines.Coloured(code)) + "\n\n");
        }

        around.Out.Write(text);
        if (reachable is null)
        {
            around.Say(around.Words.LinkOnlyHere(link.Broker.ToString()));
        }
    }
}
