using Equaticket.RestFacade.Operations;

namespace Equaticket.RestFacade.Tests;

/// <summary>Rules for every file of the facade. <c>RouteTableTests</c> compares routes and operations.</summary>
public sealed class ConventionTests
{
    [Fact]
    public void Every_fragment_file_is_used_by_an_operation()
    {
        var operations = string.Concat(OperationFiles.Rest.Operations.Select(OperationFiles.Rest.Read));
        var fragments = typeof(OperationFiles).Assembly.GetManifestResourceNames()
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name!.EndsWith(OperationFiles.FragmentSuffix, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(fragments);
        Assert.All(fragments, name => Assert.Contains($"fragment {name} on ", operations, StringComparison.Ordinal));
    }
}
