using System.Reflection;
using Equaticket.Host.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Tests;

/// <summary>Rules for all services that the host registers, including future ones.</summary>
public sealed class ConventionTests
{
    [Fact]
    public async Task Every_options_class_is_validated_at_start()
    {
        var validated = new HashSet<Type>();
        await using var app = EquaticketServer.Build("Host=127.0.0.1;Port=1", builder =>
        {
            builder.Services.AddSingleton(validated);
            builder.Services.AddSingleton(typeof(IPostConfigureOptions<>), typeof(Recording<>));
        });
        validated.Clear();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        var all = OptionsClasses().ToList();
        Assert.NotEmpty(all);
        Assert.Empty(all.Except(validated).Select(type => $"{type.Name} lacks ValidateOnStart()."));
    }

    private static IEnumerable<Type> OptionsClasses() =>
        from assembly in typeof(EquaticketServer).Assembly.GetReferencedAssemblies().Select(Assembly.Load)
            .Append(typeof(EquaticketServer).Assembly)
        where assembly.GetName().Name!.StartsWith("Equaticket.", StringComparison.Ordinal)
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal)
        select type;

    /// <summary>Records which options are read.</summary>
    private sealed class Recording<TOptions>(HashSet<Type> read) : IPostConfigureOptions<TOptions>
        where TOptions : class
    {
        public void PostConfigure(string? name, TOptions options) => read.Add(typeof(TOptions));
    }
}
