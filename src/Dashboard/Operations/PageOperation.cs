using System.Collections.Frozen;
using System.Globalization;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Routing;
using Equaticket.Schema.Money;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Operations;

/// <summary>An operation of a page and the binding of a request to its variables.</summary>
public sealed class PageOperation
{
    private const string Time = "DateTime";
    private const string Money = "Money";

    /// <summary>The form field with the currency of the amounts.</summary>
    private const string Currency = "currency";

    /// <summary>The variable bound to the URL's mode.</summary>
    private const string PageMode = "page_mode";

    private static readonly string[] FrameParameters = ["org", "mode"];

    private readonly StoredOperation _stored;
    private readonly IReadOnlyList<BoundVariable> _variables;
    private readonly FrozenSet<string> _times;
    private readonly FrozenSet<string> _amounts;
    private readonly bool _isWrite;

    private PageOperation(StoredOperation stored, IReadOnlyList<BoundVariable> variables, bool isWrite)
    {
        (_stored, _variables, _isWrite) = (stored, variables, isWrite);
        _times = VariablesOf(Time);
        _amounts = VariablesOf(Money);
    }

    public string Name => _stored.Name;

    /// <summary>The document, shown to users who want to call the API.</summary>
    public string Text => _stored.Text;

    public Operation Operation => _stored.Operation;

    /// <exception cref="InvalidOperationException">The view does not match the operation.</exception>
    public static PageOperation Compile(
        OperationCompiler compiler, string name, string route, bool isWrite)
    {
        var stored = compiler.Compile(name);
        if (stored.Operation.IsMutation != isWrite)
            throw new InvalidOperationException($"{name}.graphql is for {(isWrite ? "reading" : "writing")}.");
        // Variables are bound like those of a REST route, except for those of the frame.
        var path = string.Concat(RoutePatternFactory.Parse(route).Parameters
            .Select(parameter => parameter.Name).Except(FrameParameters).Select(parameter => $"{{{parameter}}}"));
        var api = new ApiRoute(isWrite ? "POST" : "GET", path, name);
        var variables = (stored.Operation.Definition.Variables?.Items ?? [])
            .Select(variable => BoundVariable.Compile(api, variable, compiler.Schema)).ToList();
        return new PageOperation(stored, variables, isWrite);
    }

    /// <summary>Whether the path identifies the object it reads.</summary>
    public bool HasPath => _variables.Any(variable => variable.Source == VariableSource.Path);

    /// <summary>Whether it has a variable of this name.</summary>
    public bool Has(string name) => _variables.Any(variable => variable.Name == name);

    /// <summary>The name of the field an error refers to.</summary>
    public string? FieldOf(ApiError error) => _stored.Params.ToRest(error.Param);

    /// <param name="route">The route values.</param>
    /// <param name="given">The query string or the form. Unknown names are ignored.</param>
    /// <exception cref="ApiError">A value is invalid or missing.</exception>
    public Dictionary<string, object?> Bind(
        RouteValueDictionary route, IEnumerable<KeyValuePair<string, StringValues>> given)
    {
        var fields = given.ToDictionary(field => field.Key, field => field.Value);
        var values = new Dictionary<string, object?>();
        foreach (var variable in _variables)
        {
            if (variable.Source == VariableSource.Path)
                values.Add(variable.Name, route[variable.Name]);
            else if (variable.Name == PageMode)
                values.Add(PageMode, variable.Shape.Read($"{route["mode"]}", PageMode));
            else if (fields.TryGetValue(variable.Name, out var texts))
                BindField(variable, texts, $"{fields.GetValueOrDefault(Currency)}", values);
            else if (variable.IsRequired)
                throw ApiError.Validation(variable.Name, "This is required.");
        }

        return values;
    }

    /// <summary>The variables from the path alone, for a page with invalid filters.</summary>
    public Dictionary<string, object?> BindPath(RouteValueDictionary route) => Bind(route, []);

    /// <summary>Date and time inputs have no offset and are read as UTC.</summary>
    private static string ToUtc(string text) => text.Length switch
    {
        10 => $"{text}T00:00:00Z",
        16 => $"{text}:00Z",
        19 or 23 => $"{text}Z",
        _ => text,
    };

    /// <summary>Forms take amounts in the currency's main unit.</summary>
    private static string ToUnits(string name, string text, string currency) =>
        MoneyText.TryRead(text, currency, out var amount)
            ? amount.ToString(CultureInfo.InvariantCulture)
            : throw ApiError.Validation(name, $"This must be an amount, such as {MoneyText.Number(2500, currency)}.");

    private FrozenSet<string> VariablesOf(string type) =>
        (_stored.Operation.Definition.Variables?.Items ?? [])
            .Where(variable => (variable.Type is GraphQLNonNullType required ? required.Type : variable.Type)
                is GraphQLNamedType named && named.Name.StringValue == type)
            .Select(variable => variable.Variable.Name.StringValue).ToFrozenSet();

    private void BindField(
        BoundVariable variable, StringValues texts, string currency, Dictionary<string, object?> values)
    {
        // Forms submit empty fields too, and an empty value beside the selected choices.
        var filled = texts.Where(text => !string.IsNullOrEmpty(text)).Select(text => text!).ToList();
        if (filled.Count > 0)
        {
            if (_times.Contains(variable.Name))
                filled = filled.ConvertAll(ToUtc);
            if (_amounts.Contains(variable.Name))
                filled = filled.ConvertAll(text => ToUnits(variable.Name, text, currency));
            values.Add(variable.Name, variable.Shape.Read(filled, variable.Name));
        }
        else if (variable.IsRequired)
            throw ApiError.Validation(variable.Name, TextRules.Blank);
        else if (_isWrite)
            values.Add(variable.Name, null);
    }
}
