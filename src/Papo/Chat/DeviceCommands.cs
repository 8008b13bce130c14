// Owns: /devices: the computers of this account, and linking one more.
// Must never: confirm for the person; the code is typed.
using Papo.Output;

namespace Papo.Chat;

/// <summary>Handler.</summary>
internal static class DeviceCommands
{
    /// <summary><c>/devices [link|CODE|no]</c>.</summary>
    public static void Devices(ChatModel model, string rest, ChatStep step)
    {
        DeviceEffect? effect = rest.ToLowerInvariant() switch
        {
            "" => new DeviceEffect(DeviceAct.List, ""),
            "link" => new DeviceEffect(DeviceAct.Link, ""),
            "no" => new DeviceEffect(DeviceAct.Refuse, ""),
            _ when rest.All(static c => char.IsAsciiDigit(c) || c is ' ' or '-') => new DeviceEffect(DeviceAct.Confirm, rest),
            _ => null,
        };
        if (effect is null)
        {
            SlashCommand.TellUsage(model, "/devices", step);
            return;
        }

        step.Effects.Add(effect);
    }

    /// <summary>What came of it.</summary>
    public static void Apply(ChatModel model, DeviceAnswer answer, ChatStep step)
    {
        var words = model.Words;
        if (answer.Copies is { } copies)
        {
            step.Lines.AddRange(ListLines.Copies(copies, model.Lines(null)));
        }
        else if (answer.Link is { } link)
        {
            step.Lines.Add(StyledLine.Of(link.ToString()));
            step.Tell(words.LinkingHow);
            if (answer.OnlyHere)
            {
                step.Remark(words.LinkOnlyHere(link.Broker.ToString()), Ink.Warning);
            }
        }
        else
        {
            var said = answer.State?.Stage switch
            {
                null => words.DeviceNotHere,
                Client.LinkingStage.Confirmed => words.LinkingConfirmed,
                Client.LinkingStage.WrongCode => words.LinkingWrongCode,
                Client.LinkingStage.Ended => words.LinkingOver,
                Client.LinkingStage.Linked => words.LinkingDone(Harmless.Name(answer.State.Name ?? "")),
                _ => words.LinkingNobody,
            };
            step.Remark(said, answer.State?.Stage is Client.LinkingStage.Confirmed or Client.LinkingStage.Linked ? Ink.Quiet : Ink.Warning);
        }
    }
}
