// Owns: the native code inside the one program file: SQLite and libsodium travel as resources and are loaded from memory.
// Must never: leave a file where others could replace it.
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Papo.Client;

namespace Papo;

/// <summary>
/// Makes "install = copy one file" true: on Linux a library is loaded from an anonymous memory file (memfd_create), elsewhere, or where the
/// kernel forbids that, from a private folder in the user's data folder. Without the resources (a build to develop with) nothing changes.
/// </summary>
internal static partial class NativeLibraries
{
    private const string Resources = "papo.native.";
    private const uint CloseOnExec = 1;

    // Kept open: the loader takes a path that it has seen for the library that it loaded from there, and numbers are used again.
    private static readonly List<SafeFileHandle> Loaded = [];

    /// <summary>Must run before the first use of SQLite and of a key.</summary>
    public static void Prepare()
    {
        Carry(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, "e_sqlite3");
        Carry(typeof(NSec.Cryptography.Key).Assembly, "libsodium");
    }

    private static void Carry(Assembly user, string library)
    {
        if (Assembly.GetExecutingAssembly().GetManifestResourceInfo(Resources + library) is not null)
        {
            NativeLibrary.SetDllImportResolver(user, (name, _, _) => name == library ? Load(library) : 0);
        }
    }

    private static nint Load(string library)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resources + library)!;
        return OperatingSystem.IsLinux() && TryLoadFromMemory(library, resource, out var loaded) ? loaded : LoadFromFolder(library, resource);
    }

    private static bool TryLoadFromMemory(string library, Stream resource, out nint loaded)
    {
        loaded = 0;
        var memory = new SafeFileHandle(MemfdCreate("papo-" + library, CloseOnExec), ownsHandle: true);
        if (memory.IsInvalid)
        {
            return false;
        }

        lock (Loaded)
        {
            Loaded.Add(memory);
        }

        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        RandomAccess.Write(memory, content, 0);
        return NativeLibrary.TryLoad($"/proc/self/fd/{memory.DangerousGetHandle()}", out loaded);
    }

    private static nint LoadFromFolder(string library, Stream resource)
    {
        resource.Position = 0;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        var suffix = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return NativeLibrary.Load(PrivateCode.Keep(Home.DefaultPath, library, suffix, content));
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);
}
