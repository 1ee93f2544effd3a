// The panel that shows the gate and the findings, for both editors: window.soatGioi.useCheck and .Panel.
//
// The browser never has the key: it asks WordPress, which asks the server.
( function ( wp, told ) {
	'use strict';

	const h = wp.element.createElement;
	const { useCallback, useRef, useState } = wp.element;

	// Check what `read` gives ({ id, title, content, excerpt }); the answer to an older question is dropped.
	told.useCheck = function ( read ) {
		const [ state, set ] = useState( { busy: false, result: null, of: null, trouble: '' } );
		const asked = useRef( 0 );
		const run = useCallback( () => {
			const article = read();
			const of = told.words( article );
			const number = ++asked.current;
			set( ( before ) => ( { ...before, busy: true, trouble: '' } ) );
			return wp.apiFetch( { path: told.path, method: 'POST', data: article } ).then(
				( result ) => number === asked.current && set( { busy: false, result, of, trouble: '' } ),
				( error ) => number === asked.current && set( {
					busy: false, result: null, of: null,
					trouble: ( error && error.message ) || 'WordPress không trả lời. Bài vẫn còn nguyên; xin thử lại.',
				} )
			);
		}, [ read ] );
		return { ...state, run };
	};

	// What tells one state of an article from another.
	told.words = ( article ) => JSON.stringify( [ article.title, article.content, article.excerpt ] );

	// `words` are those of the article as it stands now.
	told.Panel = function ( { check, words } ) {
		const { busy, result, of, trouble, run } = check;
		return h( 'div', { className: 'soat-gioi' },
			h( 'p', { className: 'soat-gioi-head', role: 'status' }, busy ? 'Đang soát…' : h( Head, { result, trouble } ) ),
			! busy && result && of !== words && h( 'p', { className: 'soat-gioi-soft' }, 'Bài đã sửa sau lần soát này.' ),
			result && h( told.Findings, { result } ),
			h( 'p', null, h( 'button', { type: 'button', className: 'button', disabled: busy, onClick: run }, result ? 'Soát lại' : 'Soát ngay' ) )
		);
	};

	function Head( { result, trouble } ) {
		if ( ! result ) {
			return trouble || 'Chưa soát.';
		}
		return h( told.Gate, { result } );
	}

	// The gate in words, and what it means for publication.
	told.Gate = function ( { result } ) {
		if ( ! result.checked ) {
			return h( 'span', null, h( 'span', { className: 'soat-gioi-gate soat-gioi-none' }, 'Chưa soát được' ), ' ', result.trouble );
		}
		const said = result.note || ( result.total ? `${ result.total } chỗ nên xem` : 'Chưa thấy chỗ nào cần xem.' );
		const held = result.gate === 'block' && told.hold ? ' Sửa những chỗ đánh dấu “giữ bài” rồi đăng.' : '';
		return h( 'span', null, h( 'span', { className: `soat-gioi-gate soat-gioi-${ result.gate }` }, told.gates[ result.gate ] ), ' ', said, held && `.${ held }` );
	};

	told.Findings = function ( { result } ) {
		const left = result.total - result.findings.length;
		return h( wp.element.Fragment, null,
			h( 'ol', { className: 'soat-gioi-findings' }, result.findings.map( ( finding, number ) => h( 'li', { key: number },
				h( 'p', null, h( 'q', null, finding.quote ) ),
				h( 'p', { className: 'soat-gioi-soft' },
					`${ finding.severity } · ${ told.levels[ finding.severity ] || '' }`,
					finding.gate && result.gate === 'block' && h( 'strong', { className: 'soat-gioi-closes' }, ' · giữ bài' ) ),
				h( 'p', null, finding.message ),
				finding.why && h( 'p', { className: 'soat-gioi-soft' }, finding.why ),
				finding.suggestion && h( 'p', null, h( 'strong', null, 'Gợi ý: ' ), finding.suggestion )
			) ) ),
			left > 0 && h( 'p', { className: 'soat-gioi-soft' }, `Còn ${ left } chỗ nữa.` )
		);
	};
}( window.wp, window.soatGioi ) );
