using System.Diagnostics;
using System.Reflection;

namespace Nsc.Tests.Export;

/// <summary>Compiles C# text with the SDK's compiler.</summary>
internal static class CSharpCompiler
{
    public static Assembly Compile(string text, string folder)
    {
        string source = Path.Combine(folder, "source.cs"), library = Path.Combine(folder, "source.dll");
        File.WriteAllText(source, text);
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] references = ["System.Private.CoreLib.dll", "System.Runtime.dll", "System.Memory.dll"];
        string host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "dotnet"));
        string compiler = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(host)!, "sdk"), "csc.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        using Process process = Process.Start(new ProcessStartInfo(
            host, [compiler, "-nologo", "-nostdlib", "-target:library", "-warnaserror", .. references.Select(r => "-reference:" + Path.Combine(runtime, r)), "-out:" + library, source])
        {
            RedirectStandardOutput = true,
        })!;
        string messages = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
        return Assembly.Load(File.ReadAllBytes(library));
    }
}
