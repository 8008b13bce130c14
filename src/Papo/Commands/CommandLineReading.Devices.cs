// Owns: reading `papo devices` and what stands after it.
// Must never: guess; whatever is not understood is a usage error.
using Papo.Protocol;

namespace Papo.Commands;

internal sealed partial record CommandLineReading
{
    private sealed partial class RequestReader
    {
        private DevicesRequest ReadDevices() => new DevicesRequest(DevicesAct.List, null, null, Has(grammar.Json));

        private Request ReadNameDevice()
        {
            if (result.GetValue(grammar.Device) is not { } copy)
            {
                return Wrong(words.UsageMissing("DEVICE"));
            }

            return result.GetValue(grammar.DeviceName) is not { } given ? Wrong(words.UsageMissing("NAME"))
                : DisplayName.TryParse(given, out var name) is var problem and not NameProblem.None ? Wrong(words.Name(problem))
                : new DevicesRequest(DevicesAct.Name, copy, name, false);
        }

        private Request ReadRemoveDevice() =>
            result.GetValue(grammar.Device) is { } copy ? new DevicesRequest(DevicesAct.Remove, copy, null, false) : Wrong(words.UsageMissing("DEVICE"));
    }
}
