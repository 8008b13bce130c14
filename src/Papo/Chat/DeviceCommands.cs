// Owns: /devices: the computers of this account: listing, naming and taking off, and linking one more.
// Must never: confirm for the person; the code is typed.
using Papo.Output;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Handler.</summary>
internal static class DeviceCommands
{
    /// <summary><c>/devices [link|CODE|no|name WHICH NAME|remove WHICH [yes]]</c>.</summary>
    public static void Devices(ChatModel model, string rest, ChatStep step)
    {
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        DeviceEffect? effect = words.FirstOrDefault("").ToLowerInvariant() switch
        {
            "" => new DeviceEffect(DeviceAct.List, ""),
            "link" when words.Length == 1 => new DeviceEffect(DeviceAct.Link, ""),
            "no" when words.Length == 1 => new DeviceEffect(DeviceAct.Refuse, ""),
            "name" when words.Length > 2 && DisplayName.TryParse(string.Join(' ', words[2..]), out var name) == NameProblem.None => new DeviceEffect(DeviceAct.Name, words[1], name),
            "remove" when words is [_, .. var which, var last] && which.Length > 0 && TrustCommands.Decision(last) == true => new DeviceEffect(DeviceAct.Remove, string.Join(' ', which)),
            "remove" when words.Length > 1 => new DeviceEffect(DeviceAct.Ask, string.Join(' ', words[1..])),
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

    /// <summary>What came of naming a computer or taking one off.</summary>
    public static void Apply(ChatModel model, DeviceChanged changed, ChatStep step)
    {
        var words = model.Words;
        switch (changed.Outcome)
        {
            case DeviceOutcome.Named:
                step.Tell(words.DeviceNamed(Harmless.Name(changed.Name)));
                return;
            case DeviceOutcome.TakenOff:
                step.Tell(words.DeviceTakenOff(changed.Name));
                return;
            case DeviceOutcome.Asked:
                step.Remark(words.DeviceRemoveAsked(changed.Name, Harmless.Line(changed.Given)), Ink.Warning);
                return;
        }

        model.Code = ExitCode.Failed;
        step.Remark(changed.Outcome switch
        {
            DeviceOutcome.Unknown => words.DeviceUnknown(changed.Name),
            DeviceOutcome.HoldsKey => words.DeviceHolds,
            _ => words.DeviceNotHere,
        }, Ink.Warning);
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
                Client.LinkingStage.Silent => words.LinkingSilent(Harmless.Name(answer.State.Name ?? "")),
                Client.LinkingStage.WrongCode => words.LinkingWrongCode,
                Client.LinkingStage.Ended => words.LinkingOver,
                Client.LinkingStage.Linked => words.LinkingDone(Harmless.Name(answer.State.Name ?? "")),
                _ => words.LinkingNobody,
            };
            step.Remark(said, answer.State?.Stage is Client.LinkingStage.Confirmed or Client.LinkingStage.Linked ? Ink.Quiet : Ink.Warning);
        }
    }
}
