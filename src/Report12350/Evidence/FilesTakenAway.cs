using MediatR;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>
/// What a command has taken away from the store (取走的文件): deleted once its change is lasting, so that no row is left without its
/// file. When the process or the store fails in between, it is collected with the files nobody knows.
/// </summary>
public sealed class FilesTakenAway
{
    private readonly List<Guid> files = [];

    internal void Add(IEnumerable<Guid> ids) => files.AddRange(ids);

    internal IReadOnlyList<Guid> TakeAll()
    {
        Guid[] all = [.. files];
        files.Clear();
        return all;
    }
}

/// <summary>Stands around the transaction.</summary>
public sealed class FilesTakenAwayBehaviour<TRequest, TResult>(FilesTakenAway taken, EvidenceFiles evidence) : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        if (request is not ICommand<TResult>)
            return await next();
        taken.TakeAll();
        var result = await next();
        foreach (var file in taken.TakeAll())
            await evidence.ForgetAsync(file);
        return result;
    }
}
