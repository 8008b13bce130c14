// Owns: reading a code as a camera does: from points, by another program.
// Must never: use the code under test.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Papo.Tests.World;

/// <summary>Reads pictures with zbarimg.</summary>
internal static class Camera
{
    private const int Pixels = 4; // a side of a point

    /// <summary>The text of the code in a picture, given as rows of points; true is dark.</summary>
    public static async Task<string> ReadAsync(IReadOnlyList<bool[]> rows)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("papo-qr-").FullName, "code.pgm");
        try
        {
            await using (var picture = File.Create(file))
            {
                picture.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5 {rows[0].Length * Pixels} {rows.Count * Pixels} 255\n")));
                foreach (var row in rows.SelectMany(static row => Enumerable.Repeat(row, Pixels)))
                {
                    picture.Write([.. row.SelectMany(static dark => Enumerable.Repeat(dark ? (byte)0 : (byte)255, Pixels))]);
                }
            }

            var start = new ProcessStartInfo("zbarimg") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
            string[] arguments = ["--raw", "-q", "-Sdisable", "-Sqrcode.enable", file];
            Array.ForEach(arguments, start.ArgumentList.Add);
            using var reader = Process.Start(start)!;
            var error = reader.StandardError.ReadToEndAsync();
            var read = await reader.StandardOutput.ReadToEndAsync();
            await reader.WaitForExitAsync();
            Assert.True(reader.ExitCode == 0, await error);
            return read.TrimEnd('\n');
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}
