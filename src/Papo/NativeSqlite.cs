// Owns: SQLite's native code inside the one program file: the library travels as a resource and is loaded from memory.
// Must never: leave a file where others could replace it.
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Papo.Client;

namespace Papo;

/// <summary>
/// Makes "install = copy one file" true: on Linux the library is loaded from an anonymous memory file (memfd_create), elsewhere, or where the
/// kernel forbids that, from a private folder in the user's data folder. Without the resource (a build to develop with) nothing changes.
/// </summary>
internal static partial class NativeSqlite
{
    private const string Resource = "papo.native.sqlite";
    private const uint CloseOnExec = 1;

    /// <summary>Must run before the first use of SQLite.</summary>
    public static void Prepare()
    {
        if (Assembly.GetExecutingAssembly().GetManifestResourceInfo(Resource) is not null)
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) => name == "e_sqlite3" ? Load() : 0);
        }
    }

    private static nint Load()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        return OperatingSystem.IsLinux() && TryLoadFromMemory(resource, out var library) ? library : LoadFromFolder(resource);
    }

    private static bool TryLoadFromMemory(Stream resource, out nint library)
    {
        library = 0;
        using var memory = new SafeFileHandle(MemfdCreate("papo-sqlite", CloseOnExec), ownsHandle: true);
        if (memory.IsInvalid)
        {
            return false;
        }

        using var file = new FileStream(memory, FileAccess.Write, bufferSize: 0);
        resource.CopyTo(file);
        return NativeLibrary.TryLoad($"/proc/self/fd/{memory.DangerousGetHandle()}", out library);
    }

    private static nint LoadFromFolder(Stream resource)
    {
        resource.Position = 0;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        var suffix = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return NativeLibrary.Load(PrivateCode.Keep(Home.DefaultPath, "e_sqlite3", suffix, content));
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);
}
