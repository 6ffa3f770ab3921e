using System.Diagnostics;

namespace Equaticket.Host.Tests.Sample;

/// <summary>The sample <c>samples/web</c>, built once for all tests of a class.</summary>
public sealed class WebSample : IAsyncLifetime
{
    private static readonly TimeSpan BuildBound = TimeSpan.FromMinutes(3);

    /// <summary>The sample's folder.</summary>
    public static string Folder { get; } = Repository.File("samples/web");

    /// <summary>The exit code and output of the build.</summary>
    public (int Code, string Output) Build { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        using var build = Start("npm", ["run", "build"]);
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync().WaitAsync(BuildBound);
        await build.WaitForExitAsync();
        Build = (build.ExitCode, output + await errors);
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <returns>A program that runs in the sample's folder.</returns>
    internal static Process Start(
        string program, string[] arguments, params (string Name, string Value)[] settings)
    {
        Assert.True(
            Directory.Exists(Path.Join(Folder, "node_modules")),
            "The packages are missing. Run ./test.sh, or: npm ci --prefix samples/web");
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
