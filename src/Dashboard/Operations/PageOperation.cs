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

/// <summary>An operation of a page, with what turns a request into its variables.</summary>
public sealed class PageOperation
{
    private const string Time = "DateTime";
    private const string Money = "Money";

    /// <summary>The field that holds the currency of a form's amounts.</summary>
    private const string Currency = "currency";

    /// <summary>The variable that holds the mode which the address names.</summary>
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

    /// <summary>The document, for people who want to send it themselves.</summary>
    public string Text => _stored.Text;

    public Operation Operation => _stored.Operation;

    /// <exception cref="InvalidOperationException">View and operation do not fit.</exception>
    public static PageOperation Compile(
        OperationCompiler compiler, string name, string route, bool isWrite)
    {
        var stored = compiler.Compile(name);
        if (stored.Operation.IsMutation != isWrite)
            throw new InvalidOperationException($"{name}.graphql is for {(isWrite ? "reading" : "writing")}.");
        // A variable is bound as one of a REST route whose path has it, save for those of the frame.
        var path = string.Concat(RoutePatternFactory.Parse(route).Parameters
            .Select(parameter => parameter.Name).Except(FrameParameters).Select(parameter => $"{{{parameter}}}"));
        var api = new ApiRoute(isWrite ? "POST" : "GET", path, name);
        var variables = (stored.Operation.Definition.Variables?.Items ?? [])
            .Select(variable => BoundVariable.Compile(api, variable, compiler.Schema)).ToList();
        return new PageOperation(stored, variables, isWrite);
    }

    /// <summary>Whether the path names what it reads.</summary>
    public bool HasPath => _variables.Any(variable => variable.Source == VariableSource.Path);

    /// <summary>The name of the field that an error blames.</summary>
    public string? FieldOf(ApiError error) => _stored.Params.ToRest(error.Param);

    /// <param name="route">What the path gives.</param>
    /// <param name="given">The query string, or the form. What is not a variable is left alone.</param>
    /// <exception cref="ApiError">A value does not fit, or is missing.</exception>
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

    /// <summary>Only what the path gives, for a page whose filters are wrong.</summary>
    public Dictionary<string, object?> BindPath(RouteValueDictionary route) => Bind(route, []);

    /// <summary>Inputs of dates and times know no offset; they are read as UTC.</summary>
    private static string ToUtc(string text) => text.Length switch
    {
        10 => $"{text}T00:00:00Z",
        16 => $"{text}:00Z",
        19 or 23 => $"{text}Z",
        _ => text,
    };

    /// <summary>People write amounts in the currency, not in its smallest unit.</summary>
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
        // Forms send empty fields, and empty choices beside the chosen ones.
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
