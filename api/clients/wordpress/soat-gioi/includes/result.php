<?php
/**
 * The result of a check: what is kept with a post, and how it is said.
 *
 * A result is an array with
 *   checked   false where the server could not check; then `code` and `trouble` say why
 *   gate      pass, review or block; empty where not checked
 *   counts    number of findings by severity
 *   total     number of findings
 *   findings  at most FINDINGS of them: severity, quote, message, why, suggestion, and `gate` where it closed the gate
 *   note      why the article could not be read, empty otherwise
 *   engine, rulebook, at (UTC)
 * Of the article itself nothing is kept but these quotes, and a fingerprint by which a later change is known.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

/** Result for the text of a post as it is saved. */
const META = '_soat_gioi';

/** Result for a change to a published post that was not let through. */
const META_HELD = '_soat_gioi_held';

const FINDINGS = 30;
const GATES    = array(
	'pass'   => 'Có thể đăng',
	'review' => 'Cần xem lại',
	'block'  => 'Chưa đăng được',
);
const LEVELS   = array(
	'S4'  => 'trái luật',
	'S4x' => 'trái luật, không vì giới',
	'S3'  => 'định kiến',
	'S2'  => 'khuôn mẫu',
	'S1'  => 'cách dùng từ',
);

/**
 * Return the result that an answer of the server makes.
 *
 * @param array<string, mixed> $answer The answer.
 * @return array<string, mixed>
 */
function result_of( array $answer ) {
	$closing  = array_flip( array_filter( (array) ( $answer['gate_findings'] ?? array() ), 'is_string' ) );
	$findings = array();
	$counts   = array();
	foreach ( $answer['findings'] as $finding ) {
		$one                        = array(
			'severity'   => said( $finding, 'severity' ),
			'quote'      => said( $finding, 'quote' ),
			'message'    => said( $finding, 'message' ),
			'why'        => said( $finding, 'why' ),
			'suggestion' => said( $finding, 'suggestion' ),
			'gate'       => isset( $closing[ said( $finding, 'id' ) ] ),
		);
		$findings[]                 = $one;
		$counts[ $one['severity'] ] = 1 + ( $counts[ $one['severity'] ] ?? 0 );
	}
	// What closed the gate is read first; otherwise the order of the text stays.
	$first = array_filter( $findings, __NAMESPACE__ . '\\closes' );
	$all   = array_merge( $first, array_diff_key( $findings, $first ) );
	return array(
		'checked'  => true,
		'gate'     => $answer['gate'],
		'code'     => '',
		'trouble'  => '',
		'counts'   => $counts,
		'total'    => count( $all ),
		'findings' => array_slice( $all, 0, FINDINGS ),
		'note'     => is_array( $answer['error'] ?? null ) ? said( $answer['error'], 'message' ) : '',
		'engine'   => said( $answer, 'engine' ),
		'rulebook' => said( $answer, 'rulebook' ),
		'at'       => gmdate( 'Y-m-d\TH:i:s\Z' ),
	);
}

/**
 * Return the result of a check that could not be made.
 *
 * @param string $code    What went wrong, for programs.
 * @param string $trouble What went wrong, for people.
 * @return array<string, mixed>
 */
function unchecked( $code, $trouble ) {
	return array(
		'checked'  => false,
		'gate'     => '',
		'code'     => $code,
		'trouble'  => $trouble,
		'counts'   => array(),
		'total'    => 0,
		'findings' => array(),
		'note'     => '',
		'engine'   => '',
		'rulebook' => '',
		'at'       => gmdate( 'Y-m-d\TH:i:s\Z' ),
	);
}

/**
 * Return a text of a value that came from outside.
 *
 * @param mixed  $from Where it stands.
 * @param string $name Its name.
 * @return string
 */
function said( $from, $name ) {
	return is_array( $from ) && is_string( $from[ $name ] ?? null ) ? wp_check_invalid_utf8( $from[ $name ] ) : '';
}

/**
 * Say whether a finding closed the gate.
 *
 * @param array<string, mixed> $finding A finding of a result.
 * @return bool
 */
function closes( array $finding ) {
	return ! empty( $finding['gate'] );
}

/**
 * Keep a result with a post.
 *
 * @param int                  $id     Id of the post.
 * @param array<string, mixed> $result The result.
 * @param string               $text   Fingerprint of what was checked.
 * @param string               $name   META or META_HELD.
 */
function keep( $id, array $result, $text, $name = META ) {
	$result['text'] = $text;
	update_post_meta( $id, $name, wp_slash( $result ) );
}

/**
 * Return the result kept with a post; null where it was never checked.
 *
 * @param int    $id   Id of the post.
 * @param string $name META or META_HELD.
 * @return array<string, mixed>|null
 */
function kept( $id, $name = META ) {
	$result = get_post_meta( $id, $name, true );
	return is_array( $result ) && isset( $result['checked'], $result['gate'], $result['findings'] ) ? $result : null;
}

/**
 * Say a result in one line.
 *
 * @param array<string, mixed> $result The result.
 * @return string
 */
function summary( array $result ) {
	if ( ! $result['checked'] ) {
		return 'Chưa soát được. ' . $result['trouble'];
	}
	$gate = GATES[ $result['gate'] ] ?? '';
	if ( '' !== $result['note'] ) {
		return "$gate. " . $result['note'];
	}
	/* translators: %d: number of findings. */
	return $gate . ': ' . ( $result['total'] ? sprintf( '%d chỗ nên xem', $result['total'] ) : 'chưa thấy chỗ nào cần xem' ) . '.';
}

/**
 * Say why an article is held, with the first of what was found, in a text without markup.
 *
 * @param array<string, mixed> $result The result.
 * @return string
 */
function held_message( array $result ) {
	if ( ! $result['checked'] ) {
		return 'Soát giới: bài chưa được soát nên chưa đăng. ' . $result['trouble'];
	}
	$closing = array_values( array_filter( $result['findings'], __NAMESPACE__ . '\\closes' ) );
	/* translators: %d: number of findings. */
	$parts = array( sprintf( 'Soát giới: bài chưa đăng được vì %d chỗ cần sửa.', count( $closing ) ) );
	foreach ( array_slice( $closing, 0, 3 ) as $finding ) {
		$parts[] = rtrim( "“{$finding['quote']}”: {$finding['message']}", '. ' ) . '. Gợi ý: ' . rtrim( $finding['suggestion'], '. ' ) . '.';
	}
	if ( count( $closing ) > 3 ) {
		/* translators: %d: number of findings. */
		$parts[] = sprintf( 'Còn %d chỗ nữa; xem ở mục Soát giới bên cạnh bài.', count( $closing ) - 3 );
	}
	// The block editor leaves out a message that looks as if it had markup in it.
	return strtr( implode( ' ', $parts ), array( '<' => '‹', '>' => '›' ) );
}
