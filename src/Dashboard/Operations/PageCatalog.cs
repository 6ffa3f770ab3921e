using System.Collections.Frozen;
using System.Reflection;
using Equaticket.Dashboard.Storefront;
using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;
using Microsoft.AspNetCore.Razor.Hosting;

namespace Equaticket.Dashboard.Operations;

/// <summary>
/// All data pages, compiled at startup. If a view does not match its operations, the server does not start.
/// </summary>
public sealed class PageCatalog
{
    private const string RouteTemplate = "RouteTemplate";

    private readonly FrozenDictionary<Type, PageDefinition> _pages;
    private readonly ILookup<string, PageWrite> _writes;

    /// <exception cref="InvalidOperationException">A view does not match its operations.</exception>
    public PageCatalog(ISchema schema, OperationAccess access, DocumentCheck check, OperationCatalog rest)
    {
        var files = new OperationFiles(typeof(PageCatalog).Assembly);
        var compiler = new OperationCompiler(files, schema, access, check);
        _pages = typeof(PageCatalog).Assembly.GetCustomAttributes<RazorCompiledItemAttribute>()
            .Where(item => item.Type.IsDefined(typeof(ReadsAttribute)))
            .Select(item => Compile(item.Type, compiler, rest))
            .ToFrozenDictionary(page => page.View);
        _writes = _pages.Values.SelectMany(page => page.Writes.Values).ToLookup(write => write.Declared.Operation);
        Storefront = new StorefrontOperations(compiler);
        var used = _pages.Values.SelectMany(page => page.Operations).Concat(Storefront.All)
            .Select(operation => operation.Name);
        if (files.Operations.Except(used).FirstOrDefault() is { } unused)
            throw new InvalidOperationException($"No page runs {unused}.graphql.");
        Navigation =
        [
            .. _pages.Values.Where(page => page.Group is not null)
                .GroupBy(page => page.Group!)
                .OrderBy(group => group.Min(page => page.Order))
                .Select(group => new NavigationGroup(group.Key, [.. group.OrderBy(page => page.Order)])),
        ];
    }

    public IReadOnlyList<NavigationGroup> Navigation { get; }

    public StorefrontOperations Storefront { get; }

    public IEnumerable<PageDefinition> Pages => _pages.Values;

    public PageDefinition Find(Type view) => _pages[view];

    /// <summary>A mutation that some page runs.</summary>
    public PageOperation WriteOf(string operation) => _writes[operation].First().Operation;

    /// <summary>The confirmation of a write.</summary>
    public string? DoneOf(string operation) =>
        _writes[operation].FirstOrDefault(write => write.Declared.Done is not null)?.Declared.Done;

    private static PageDefinition Compile(Type view, OperationCompiler compiler, OperationCatalog rest)
    {
        var reads = view.GetCustomAttribute<ReadsAttribute>()!;
        var route = view.GetCustomAttributes<RazorCompiledItemMetadataAttribute>()
            .Single(metadata => metadata.Key == RouteTemplate).Value;
        var read = PageOperation.Compile(compiler, reads.Operation, route, isWrite: false);
        return new PageDefinition(
            view, route, reads.Title, read,
            view.GetCustomAttributes<WritesAttribute>().ToFrozenDictionary(
                write => write.Operation,
                write => new PageWrite(
                    write, PageOperation.Compile(compiler, write.Operation, route, isWrite: true))))
        {
            Parts =
            [
                .. view.GetCustomAttributes<ReadsPartAttribute>()
                    .Select(part => PageOperation.Compile(compiler, part.Operation, route, isWrite: false)),
            ],
            Export = Optional(reads.Export),
            Tail = Optional(reads.Tail),
            Group = reads.Group,
            Order = reads.Order,
            UsesCamera = reads.UsesCamera,
            Rest = RestCall.Of(read, rest.Operations),
        };

        PageOperation? Optional(string? name) =>
            name is null ? null : PageOperation.Compile(compiler, name, route, isWrite: false);
    }
}

/// <summary>A group of pages in the navigation.</summary>
public sealed record NavigationGroup(string Name, IReadOnlyList<PageDefinition> Pages)
{
    public int Order => Pages[0].Order;
}

/// <summary>A page with its operations.</summary>
/// <param name="View">The compiled view.</param>
/// <param name="Route">Its route template.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Read">The query that a GET runs.</param>
/// <param name="Writes">The mutations of its forms, by name.</param>
public sealed record PageDefinition(
    Type View,
    string Route,
    string Title,
    PageOperation Read,
    FrozenDictionary<string, PageWrite> Writes)
{
    /// <summary>Additional queries, each run only if the user may.</summary>
    public IReadOnlyList<PageOperation> Parts { get; init; } = [];

    /// <summary>The query of the file export; null for none.</summary>
    public PageOperation? Export { get; init; }

    /// <summary>The query that the live stream polls; null for none.</summary>
    public PageOperation? Tail { get; init; }

    public string? Group { get; init; }

    public int Order { get; init; }

    public bool UsesCamera { get; init; }

    /// <summary>The REST route that reads the same; null if there is none.</summary>
    public RestCall? Rest { get; init; }

    public IEnumerable<PageOperation> Operations =>
        new[] { Read, Export, Tail }.OfType<PageOperation>().Concat(Parts)
            .Concat(Writes.Values.Select(write => write.Operation));

    /// <summary>The path of a page that takes no parameters but organization and mode.</summary>
    public string PathFor(string organization, string mode) => Route
        .Replace("{org}", organization, StringComparison.Ordinal)
        .Replace("{mode:mode}", mode, StringComparison.Ordinal);
}

/// <summary>A mutation of a page and how the page handles its result.</summary>
public sealed record PageWrite(WritesAttribute Declared, PageOperation Operation);
