using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.Operations;

/// <summary>Compiles the operations of files at start.</summary>
/// <param name="files">Where they are.</param>
/// <param name="schema">What they run on.</param>
/// <param name="access">What they ask of a caller.</param>
/// <param name="check">Validates them.</param>
public sealed class OperationCompiler(
    OperationFiles files, ISchema schema, OperationAccess access, DocumentCheck check)
{
    public ISchema Schema => schema;

    /// <exception cref="InvalidOperationException">The file is missing, or does not fit the schema.</exception>
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

/// <summary>An operation of a file, parsed and validated.</summary>
/// <param name="Name">Of the operation and its file.</param>
/// <param name="Text">The document.</param>
/// <param name="Operation">What runs.</param>
/// <param name="Params">Turns the names of the schema into those of the variables.</param>
public sealed record StoredOperation(string Name, string Text, Operation Operation, ParamNames Params);
