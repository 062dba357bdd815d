// The build's helper: `dotnet Nsc.Build.dll SOURCE DESTINATION` copies a shared library, mended for this machine's libstdc++.
// Run by NativeLibraries.targets; no part of nsc itself.

using Nsc.Build;

if (args is not [string source, string destination])
{
    Console.Error.WriteLine("usage: Nsc.Build SOURCE DESTINATION");
    return 2;
}

try
{
    var library = new ElfFile(File.ReadAllBytes(source));
    Console.WriteLine($"{Path.GetFileName(source)}: {LibstdcxxVersions.Mend(library, LibstdcxxVersions.OfThisMachine())}");
    File.Delete(destination); // It may be linked into a folder from which nsc is running.
    File.WriteAllBytes(destination, library.Image);
    return 0;
}
catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error : {source}: {error.Message}");
    return 1;
}
