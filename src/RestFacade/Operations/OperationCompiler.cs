using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.Operations;

/// <summary>Compiles operation files at startup.</summary>
/// <param name="files">The operation files.</param>
/// <param name="schema">The schema that they run on.</param>
/// <param name="access">Determines the access that they require.</param>
/// <param name="check">Validates them.</param>
public sealed class OperationCompiler(
    OperationFiles files, ISchema schema, OperationAccess access, DocumentCheck check)
{
    public ISchema Schema => schema;

    /// <exception cref="InvalidOperationException">The file is missing or does not match the schema.</exception>
    public StoredOperation Compile(string name)
    {
        var text = files.Read(name);
        var document = DocumentCheck.Parse(text);
        var definition = document.Definitions.OfType<GraphQLOperationDefinition>().Single();
        if (check.Errors(document, definition) is [var error, ..])
            throw new InvalidOperationException($"{name}.graphql: {error.Message}");
        if (definition.Name?.StringValue != name)
            throw new InvalidOperationException($"{name}.graphql names another operation.");
        return new StoredOperation(
            name, text, new Operation(document, definition, access), ParamNames.Of(definition));
    }
}

/// <summary>An operation from a file, parsed and validated.</summary>
/// <param name="Name">The name of the operation and its file.</param>
/// <param name="Text">The document.</param>
/// <param name="Operation">The operation to run.</param>
/// <param name="Params">Translates schema names into variable names.</param>
public sealed record StoredOperation(string Name, string Text, Operation Operation, ParamNames Params);
