// A project of someone who has the package and not the repository, in a folder of its own.

using System.Diagnostics;
using System.Security;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Package;

/// <summary>A temporary folder outside of the repository with a console project, and a folder of packages that it may use.</summary>
internal sealed class StrangersFolder : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-package-");

    /// <summary>The full path of a file.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Packs the library as it was built with the tests.</summary>
    /// <returns>The package.</returns>
    public string Pack(string version)
    {
        Dotnet(
            "pack", Repository.At("src/Nsc.Compiler"), "-c", Configuration, "--no-build", "-o", this["packages"],
            $"-p:PackageVersion={version}", $"-p:NuspecOutputPath={this["nuspec"]}");
        return Assert.Single(Directory.GetFiles(this["packages"]));
    }

    /// <summary>Writes and builds the project, with the package's version and no other source of packages than the packer's folder and what this machine has.</summary>
    /// <param name="program">The text of Program.cs.</param>
    public void Build(string version, string program)
    {
        string cache = Dotnet("nuget", "locals", "global-packages", "--list").Split(": ")[^1].Trim();
        File.WriteAllText(this["NuGet.config"], $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="packages" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{SecurityElement.Escape(cache)}" />
              </fallbackPackageFolders>
              <config>
                <add key="globalPackagesFolder" value="restored" />
              </config>
            </configuration>
            """);
        File.WriteAllText(this["bend.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Nsc.Compiler" Version="[{version}]" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(this["Program.cs"], program);
        Dotnet("build", "-c", "Release", "-o", this["out"], "-nodeReuse:false", "-p:UseSharedCompilation=false");
    }

    public string Dotnet(params string[] arguments) => Run("dotnet", arguments);

    /// <summary>Runs a command in the folder that succeeds; what it prints.</summary>
    public string Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("NSC_MODEL");
        start.Environment.Remove("NUGET_PACKAGES"); // It would go before the folder that NuGet.config names.
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}\n{output.Result}{errors.Result}");
        return output.Result;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
