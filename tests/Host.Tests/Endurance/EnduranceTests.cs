using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace Equaticket.Host.Tests.Endurance;

/// <summary>
/// The endurance run, with each fault once. It runs alone, because it starts three hosts and a database cluster, and
/// judges how long clients wait.
/// </summary>
[CollectionDefinition(nameof(EnduranceTests), DisableParallelization = true)]
[Collection(nameof(EnduranceTests))]
public sealed class EnduranceTests(ITestOutputHelper output)
{
    [DebianFact]
    [Trait("Category", "Long")]
    public async Task Every_claim_holds_after_each_fault()
    {
        string[] options = ["--quick", "--rate", "5", "--seed", "1", "--json"];
        var start = new ProcessStartInfo(Repository.File("tests/endurance/run.sh"), options)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EQUATICKET_HOST_DLL"] = HostProgram.Program },
        };
        using var run = Process.Start(start)!;
        var progress = run.StandardError.ReadToEndAsync();
        var result = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        output.WriteLine(await progress);
        output.WriteLine(result);

        Assert.NotEqual("", result);
        var claims = JsonDocument.Parse(result).RootElement.GetProperty("claims").EnumerateObject();
        Assert.Empty(claims.Where(claim => claim.Value.GetArrayLength() > 0).Select(claim => $"{claim}"));
        Assert.Equal(0, run.ExitCode);
    }
}

/// <summary>A test that installs packages of Debian; on other systems, it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DebianFactAttribute : FactAttribute
{
    public DebianFactAttribute()
    {
        if (!File.Exists("/etc/debian_version"))
            Skip = "The endurance run installs Debian's packages.";
    }
}
