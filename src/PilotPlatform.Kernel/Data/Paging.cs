using System.Linq.Expressions;
using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Errors;

namespace PilotPlatform.Data;

/// <summary>A page of a list.</summary>
/// <param name="TotalCount">How many rows there are in all.</param>
/// <param name="Items">The page's rows.</param>
public sealed record PagedResult<T>(int TotalCount, IReadOnlyList<T> Items);

/// <summary>The query parameters of every list: <c>skipCount</c>, <c>maxResultCount</c> (1 to 200, default 20), <c>sorting</c> (“field” or “field desc”).</summary>
public class PagedInput
{
    /// <summary>The most rows a page may have.</summary>
    public const int MaxPage = 200;

    /// <summary>The rows of a page when none are asked for.</summary>
    public const int DefaultPage = 20;

    // Nullable: minimal APIs demand a query parameter whose type is not, whatever the property starts with.

    /// <summary>Rows to pass over.</summary>
    public int? SkipCount { get; init; }

    /// <summary>Rows wanted.</summary>
    public int? MaxResultCount { get; init; }

    /// <summary>The field to sort by, from the endpoint's allow-list, with an optional “ desc”.</summary>
    public string? Sorting { get; init; }

    /// <summary>
    /// What is wrong with the page asked for; a list with fields of its own goes on from it, so that the caller learns of everything at once.
    /// <see cref="PagingExtensions"/> throws by itself.
    /// </summary>
    public InputCheck CheckPage() => new InputCheck()
        .That(SkipCount is null or >= 0, "skipCount", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", int.MaxValue))
        .That(MaxResultCount is null or (>= 1 and <= MaxPage), "maxResultCount", PlatformErrorCodes.OutOfRange, ("min", 1), ("max", MaxPage));
}

/// <summary>The fields that a list may be sorted by.</summary>
/// <typeparam name="T">The entity.</typeparam>
public sealed class SortList<T>
{
    private static readonly Expression<Func<T, Guid>>? TieBreaker = FindTieBreaker();
    private readonly Dictionary<string, Func<IQueryable<T>, bool, IOrderedQueryable<T>>> fields = new(StringComparer.Ordinal);
    private Func<IQueryable<T>, IOrderedQueryable<T>>? fallback;
    private Func<IOrderedQueryable<T>, IOrderedQueryable<T>> ties = ordered => ordered;

    /// <summary>Allows a field under its JSON name.</summary>
    public SortList<T> Allow<TKey>(string name, Expression<Func<T, TKey>> key)
    {
        fields[name] = (query, descending) => descending ? query.OrderByDescending(key) : query.OrderBy(key);
        return this;
    }

    /// <summary>The order when none is asked for.</summary>
    public SortList<T> Otherwise(Func<IQueryable<T>, IOrderedQueryable<T>> order)
    {
        fallback = order;
        return this;
    }

    /// <summary>The order of rows that tie, whatever was asked for; rows that tie even then are in the order of their ids.</summary>
    public SortList<T> Ties(Func<IOrderedQueryable<T>, IOrderedQueryable<T>> order)
    {
        ties = order;
        return this;
    }

    /// <summary>Applies “field” or “field desc”; rows that tie keep one order, so that none shows on two pages.</summary>
    /// <exception cref="InputException">The field is not on the list.</exception>
    public IOrderedQueryable<T> Apply(IQueryable<T> query, string? sorting)
    {
        if (string.IsNullOrWhiteSpace(sorting))
        {
            return Settle((fallback ?? throw new InvalidOperationException("A sort list needs a default order."))(query));
        }

        var parts = sorting.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || !fields.TryGetValue(parts[0], out var order) || (parts.Length == 2 && parts[1] is not ("asc" or "desc")))
        {
            throw new InputException("sorting", "Platform:SortingNotAllowed", ("allowed", string.Join(", ", fields.Keys)));
        }

        return Settle(order(query, parts.Length == 2 && parts[1] == "desc"));
    }

    private IOrderedQueryable<T> Settle(IOrderedQueryable<T> ordered) => TieBreaker is { } id ? ties(ordered).ThenBy(id) : ties(ordered);

    private static Expression<Func<T, Guid>>? FindTieBreaker()
    {
        if (typeof(T).GetProperty("Id") is not { } property || property.PropertyType != typeof(Guid))
        {
            return null;
        }

        var row = Expression.Parameter(typeof(T), "row");
        return Expression.Lambda<Func<T, Guid>>(Expression.Property(row, property), row);
    }
}

/// <summary>Turns a query into a page with two statements: a count and the rows.</summary>
public static class PagingExtensions
{
    // Below this either end is near, and one statement serves all pages.
    private const int LongList = 1_000;

    /// <summary>Counts, sorts, cuts and projects.</summary>
    public static Task<PagedResult<TDto>> ToPageAsync<T, TDto>(
        this IQueryable<T> query, PagedInput input, SortList<T> sorts, Expression<Func<T, TDto>> projection, CancellationToken cancellationToken) =>
        query.ToPageAsync(input, sorts, rows => rows.Select(projection), cancellationToken);

    /// <summary>Counts, sorts, cuts and projects by the module's AutoMapper profile.</summary>
    public static Task<PagedResult<TDto>> ToPageAsync<T, TDto>(
        this IQueryable<T> query, PagedInput input, SortList<T> sorts, IMapper mapper, CancellationToken cancellationToken) =>
        query.ToPageAsync(input, sorts, rows => rows.ProjectTo<TDto>(mapper.ConfigurationProvider), cancellationToken);

    private static async Task<PagedResult<TDto>> ToPageAsync<T, TDto>(
        this IQueryable<T> query, PagedInput input, SortList<T> sorts, Func<IQueryable<T>, IQueryable<TDto>> project, CancellationToken cancellationToken)
    {
        input.CheckPage().ThrowIfAny();
        var total = await query.CountAsync(cancellationToken);
        return new PagedResult<TDto>(total, await sorts.Apply(query, input.Sorting).CutAsync(input, total, project, cancellationToken));
    }

    /// <summary>
    /// The rows of a page, in their order. A database sorts as many rows as it passes over, so those behind the middle of a
    /// long list are read from its end and turned round.
    /// </summary>
    /// <param name="ordered">The whole list.</param>
    /// <param name="input">Which page.</param>
    /// <param name="total">How many rows the list has.</param>
    /// <param name="project">What is read of each row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<TRow>> CutAsync<T, TRow>(
        this IOrderedQueryable<T> ordered, PagedInput input, int total, Func<IQueryable<T>, IQueryable<TRow>> project, CancellationToken cancellationToken)
    {
        var skip = input.SkipCount ?? 0;
        if (total <= skip)
        {
            return [];
        }

        var take = Math.Min(input.MaxResultCount ?? PagedInput.DefaultPage, total - skip);
        var behind = total - skip - take;
        if (total < LongList || skip <= behind)
        {
            return await project(ordered.Skip(skip).Take(take)).ToListAsync(cancellationToken);
        }

        var rows = await project(ordered.Reverse().Skip(behind).Take(take)).ToListAsync(cancellationToken);
        rows.Reverse();
        return rows;
    }
}
